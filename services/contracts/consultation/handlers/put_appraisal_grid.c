/* put_appraisal_grid: by what the insertion offers of a lot are appraised, and by which two readers.
 * Caller: facilitator (of one of the contract's territories), coordinator; once offers are recorded, one of the readers
 * or the coordinator.  Emits: AppraisalGridPut (the readers are sealed).
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (grid, lot), WRONG_STATE (no consultation, frozen, awarded). */
#include "contracts/calls.h"
#include "services/contracts/consultation/appraisal.h"

#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/consultation/grid.h"

/* Those who have marked an offer of the lot, some of them twice. */
static struct grid_readers who_marked(const struct work *work, const struct loaded_appraisal *loaded)
{
        struct offers offers = offers_of(work->txn, work->arena, loaded->consultation.contract.id, loaded->lot);
        Types__Id **accounts = NULL;
        size_t count = 0;
        for (size_t i = 0; i < offers.count; i++)
                for (size_t j = 0; j < offers.rows[i]->n_marks; j++) {
                        if (offers.rows[i]->marks[j]->account == NULL)
                                continue; /* of before accounts had ids here: nobody can be named by it */
                        accounts = pb_append(accounts, &count, sizeof(*accounts), work->arena);
                        accounts[count - 1] = offers.rows[i]->marks[j]->account;
                }
        return (struct grid_readers){accounts, count};
}

static bool may_put(const struct work *work, const Contracts__PutAppraisalGrid *command,
                    const struct loaded_appraisal *loaded, struct refusal *ret_refusal)
{
        struct grid_readers marked = who_marked(work, loaded);

        if (!grid_check(command, ret_refusal))
                return false;
        if (loaded->row == NULL)
                return true;
        /* Security: nobody makes a reader of themselves where offers lie. */
        if (loaded->row->offers > 0 && !loaded_appraisal_is_open(work, loaded, ret_refusal))
                return false;
        if (loaded->row->awarded_on != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot",
                              "Ce lot est attribué : il n'y a plus d'offre à apprécier.");
        return grid_may_change(loaded->row, command, &marked, ret_refusal);
}

struct reply handle_put_appraisal_grid(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutAppraisalGrid *command = (const Contracts__PutAppraisalGrid *)message;
        struct loaded_appraisal loaded;
        struct refusal refusal;

        if (!loaded_appraisal_of_lot(work, command->contract_id, command->lot, &loaded, &refusal) ||
            !may_put(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AppraisalGridPut body = CONTRACTS__APPRAISAL_GRID_PUT__INIT;
        Contracts__SealedReaders sealed = CONTRACTS__SEALED_READERS__INIT;
        body.contract_id = command->contract_id;
        body.lot = command->lot;
        body.criteria = command->criteria;
        body.n_criteria = command->n_criteria;
        body.scale = command->scale;
        body.method = command->method;
        sealed.readers = command->readers;
        sealed.n_readers = command->n_readers;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__PutAppraisalGridReply *reply = pb_new(&contracts__put_appraisal_grid_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->lot = command->lot;
        return reply_ok(work, reply);
}
