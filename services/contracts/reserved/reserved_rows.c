#include "services/contracts/reserved/reserved_rows.h"

uint32_t reserved_year(const Contracts__ReservedEntry *entry)
{
        return entry->notified_on == NULL ? 0 : (uint32_t)day_civil(day_of(entry->notified_on)).year;
}

static struct key year_key(uint32_t year, const char *siret)
{
        struct key key = key_empty();
        key_u32(&key, year);
        if (*siret != '\0')
                key_text(&key, siret);
        return key;
}

void reserved_state_set(struct txn *txn, Contracts__ContractFile *file, Contracts__ReservedState *state)
{
        struct id contract = id_of(file->contract_id);
        const Contracts__ReservedState *old = file->reserved;
        for (size_t i = 0; old != NULL && i < old->n_entries; i++)
                contracts_row_unindex(txn, T_RESERVED_BY_YEAR,
                                      year_key(reserved_year(old->entries[i]), old->buyer_siret), contract);
        for (size_t i = 0; i < state->n_entries; i++)
                contracts_row_index(txn, T_RESERVED_BY_YEAR,
                                    year_key(reserved_year(state->entries[i]), state->buyer_siret), contract);
        file->reserved = state;
}

void reserved_walk_year(struct txn *txn, uint32_t year, const char *siret, struct slice after, struct walk *ret)
{
        struct key prefix = year_key(year, siret);
        contracts_row_walk(txn, T_RESERVED_BY_YEAR, &prefix, after, ret);
}

void reserved_walk(struct txn *txn, struct slice after, struct walk *ret)
{
        struct key prefix = key_empty();
        contracts_row_walk(txn, T_RESERVED_BY_YEAR, &prefix, after, ret);
}

uint32_t reserved_walk_year_of(const struct walk *walk)
{
        return key_read_u32(walk->scan.key, 0);
}
