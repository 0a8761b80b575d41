#include "services/contracts/association/association_rows.h"

static struct key year_key(uint32_t year, const char *buyer_siret)
{
        struct key key = key_empty();
        key_u32(&key, year);
        if (*buyer_siret != '\0')
                key_text(&key, buyer_siret);
        return key;
}

void association_count_under(struct txn *txn, struct arena *arena, Contracts__ContractFile *file, uint32_t year,
                             const char *buyer_siret)
{
        Contracts__AssociationState *state = file->association;
        struct id contract = id_of(file->contract_id);

        if (state->year != 0)
                contracts_row_unindex(txn, T_ASSOCIATION_BY_YEAR, year_key(state->year, state->buyer_siret), contract);
        contracts_row_index(txn, T_ASSOCIATION_BY_YEAR, year_key(year, buyer_siret), contract);
        state->year = year;
        state->buyer_siret = arena_text(arena, buyer_siret);
}

void association_walk_year(struct txn *txn, uint32_t year, const char *buyer_siret, struct walk *ret)
{
        struct key prefix = year_key(year, buyer_siret);
        contracts_row_walk(txn, T_ASSOCIATION_BY_YEAR, &prefix, slice_of(NULL, 0), ret);
}

Contracts__ContractDeclined *decline_find(struct txn *txn, struct arena *arena, struct id contract)
{
        return contracts_row_find(txn, T_DECLINE, contract, &contracts__contract_declined__descriptor, arena);
}

void decline_put(struct txn *txn, struct arena *arena, const Contracts__ContractDeclined *decline)
{
        contracts_row_put(txn, T_DECLINE, id_of(decline->contract_id), decline, arena);
}
