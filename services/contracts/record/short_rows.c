#include "services/contracts/record/short_rows.h"

#include "services/contracts/record/record_rows.h"

struct summed short_rows_before(struct txn *txn, struct arena *arena, struct id contract)
{
        struct summed summed = {txn, arena, contract, contracts_file_find(txn, arena, contract), NULL, 0};
        for (size_t i = 0; i < contracts_short_rows_count; i++)
                if (contracts_short_rows[i].has != NULL && contracts_short_rows[i].has(&summed))
                        summed.rooms |= 1u << i;
        if (summed.rooms != 0)
                summed.record = contracts_record_find(txn, arena, contract);
        return summed;
}

static const struct summed *seen_by(size_t room, const struct summed *summed)
{
        return summed->record != NULL && (summed->rooms & 1u << room) != 0 ? summed : NULL;
}

void short_rows_move(const struct summed *before)
{
        struct summed now = short_rows_before(before->txn, before->arena, before->contract);
        for (size_t i = 0; i < contracts_short_rows_count; i++)
                if (contracts_short_rows[i].rows_of != NULL)
                        index_move(now.txn, contracts_short_rows[i].rows_of, seen_by(i, before), seen_by(i, &now));
}

void short_rows_change_buyer(struct txn *txn, struct arena *arena, struct id contract, const char *old,
                             const char *buyer_siret)
{
        for (size_t i = 0; i < contracts_short_rows_count; i++)
                if (contracts_short_rows[i].change_buyer != NULL)
                        contracts_short_rows[i].change_buyer(txn, arena, contract, old, buyer_siret);
}

void short_rows_of_contract(struct txn *txn, struct arena *arena, struct id contract)
{
        for (size_t i = 0; i < contracts_short_rows_count; i++)
                if (contracts_short_rows[i].of_contract != NULL)
                        contracts_short_rows[i].of_contract(txn, arena, contract);
}

void short_rows_of_ledger(struct txn *txn, struct id obligation, const struct ledger *ledger)
{
        for (size_t i = 0; i < contracts_short_rows_count; i++)
                if (contracts_short_rows[i].of_ledger != NULL)
                        contracts_short_rows[i].of_ledger(txn, obligation, ledger);
}

void short_rows_without(struct txn *txn, struct id obligation)
{
        for (size_t i = 0; i < contracts_short_rows_count; i++)
                if (contracts_short_rows[i].without != NULL)
                        contracts_short_rows[i].without(txn, obligation);
}
