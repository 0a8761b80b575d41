#include "services/contracts/store/summaries.h"

#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/association/association_rows.h"
#include "services/contracts/reserved/reserved_rows.h"

struct summed summed_of(struct txn *txn, struct arena *arena, struct id contract)
{
        struct summed summed = {.contract = contract, .file = contracts_file_find(txn, arena, contract)};
        bool is_counted = summed.file != NULL && (summed.file->association != NULL || summed.file->reserved != NULL);

        summed.is_followed = contract_is_followed(txn, arena, contract);
        if (is_counted || summed.is_followed)
                summed.record = contracts_record_find(txn, arena, contract);
        return summed;
}

void summed_move(struct txn *txn, struct arena *arena, const struct summed *before)
{
        struct summed now = summed_of(txn, arena, before->contract);
        if (before->record == NULL && now.record == NULL)
                return;
        association_rows_move(txn, arena, before, &now);
        reserved_rows_move(txn, arena, before, &now);
        followed_rows_move(txn, before, &now);
}
