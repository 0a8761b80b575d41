#include "services/contracts/clauses/considerations.h"

#include "services/contracts/clauses/clauses_rows.h"

enum { CONSIDERATIONS_MAX = 32 }; /* bits of a set */

static uint32_t bit(Contracts__SocialConsideration consideration)
{
        return consideration == CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN ||
                               (unsigned)consideration >= CONSIDERATIONS_MAX
                       ? 0
                       : 1u << (unsigned)consideration;
}

uint32_t considerations_told(const Contracts__ContractRecord *record)
{
        uint32_t set = 0;
        for (size_t i = 0; i < record->n_social; i++)
                set |= bit(record->social[i]);
        return set;
}

bool contract_has_clause(struct txn *txn, struct id contract)
{
        struct walk walk;
        struct id clause;
        contracts_walk_clauses_of_contract(txn, contract, &walk);
        bool found = walk_next(&walk, &clause);
        walk_end(&walk);
        return found;
}

static bool has_reserved_lot(const Contracts__ContractFile *file)
{
        if (file == NULL)
                return false;
        for (size_t i = 0; i < file->n_planned_reservations; i++)
                if (file->planned_reservations[i]->reservation !=
                    CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN)
                        return true;
        return file->reserved != NULL && file->reserved->n_entries > 0;
}

uint32_t considerations_known(const struct work *work, struct id contract, const Contracts__ContractRecord *record)
{
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract);
        uint32_t ours = 0;
        if (contract_has_clause(work->txn, contract))
                ours |= bit(CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        if (has_reserved_lot(file))
                ours |= bit(CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
        uint32_t told = considerations_told(record);
        return ours == 0 ? told : (told & ~bit(CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL)) | ours;
}

Contracts__SocialConsideration *considerations_list(uint32_t set, struct arena *arena, size_t *ret_count)
{
        Contracts__SocialConsideration *list = arena_alloc(arena, CONSIDERATIONS_MAX * sizeof(*list));
        size_t count = 0;
        for (unsigned i = 1; i < CONSIDERATIONS_MAX; i++)
                if ((set >> i & 1u) != 0)
                        list[count++] = (Contracts__SocialConsideration)i;
        *ret_count = count;
        return list;
}
