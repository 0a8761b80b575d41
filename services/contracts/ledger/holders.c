#include "services/contracts/ledger/holders.h"

#include <string.h>

#include "services/contracts/ledger/ledger_rows.h"

static bool is_among(Contracts__CompanyId *const *holders, size_t count, const char *siret)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(holders[i]->value, siret) == 0)
                        return true;
        return false;
}

static Contracts__CompanyId *holder_of(const Contracts__ObligationRecorded *obligation, struct arena *arena)
{
        Contracts__CompanyId *holder = pb_new(&contracts__company_id__descriptor, arena);
        holder->kind = CONTRACTS__COMPANY_ID_KIND__SIRET;
        holder->value = obligation->first_siret;
        holder->name = obligation->first_name;
        return holder;
}

Contracts__CompanyId **holders_known(const struct work *work, struct id contract,
                                     const Contracts__ContractRecord *record, size_t *ret_count)
{
        Contracts__CompanyId **holders = record->contractors;
        size_t count = record->n_contractors;
        struct walk walk;
        struct id id;

        if (count == 0) {
                contracts_walk_obligations_of_contract(work->txn, contract, slice_of(NULL, 0), &walk);
                while (walk_next(&walk, &id)) {
                        const Contracts__ObligationRecorded *one =
                                contracts_obligation_find(work->txn, work->arena, id);
                        if (one == NULL || is_among(holders, count, one->first_siret))
                                continue;
                        holders = pb_append(holders, &count, sizeof(*holders), work->arena);
                        holders[count - 1] = holder_of(one, work->arena);
                }
                walk_end(&walk);
        }
        *ret_count = count;
        return holders;
}
