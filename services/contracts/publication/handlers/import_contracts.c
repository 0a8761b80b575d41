/* import_contracts: many contracts as their buyers published them, each taken or refused for itself.
 * Caller: facilitator, coordinator, operator.  Emits: ContractImported, ContractUpdated, or nothing, for each.
 * Refuses: INVALID_FIELD (records: none, or more than 128); a record's own refusal stands in its result. */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/intake.h"
#include "services/contracts/record/amounts.h"

/* What it takes to decide on one record and to record it is needed for that record alone: `scratch`. */
static Contracts__ImportResult *result_of(struct work *work, const Contracts__ContractRecord *record,
                                          struct arena *scratch)
{
        Contracts__ImportResult *result = pb_new(&contracts__import_result__descriptor, work->arena);
        struct work one = *work;
        struct intake intake;
        struct refusal refusal;

        one.arena = scratch;
        bool taken = intake_take(&one, record, &intake, &refusal);
        work->recorded = one.recorded;
        arena_reset(scratch);
        if (taken) {
                result->contract_id = id_to(work->arena, intake.contract);
                result->outcome = intake.outcome;
                result->remarks = amount_remarks(work, record, &result->n_remarks);
        } else {
                result->refusal = refusal_to(work->arena, &refusal);
        }
        return result;
}

struct reply handle_import_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ImportContracts *command = (const Contracts__ImportContracts *)message;

        if (command->n_records == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "records",
                                    "Cette demande ne compte aucun contrat à importer : joignez-les dans « records ».");
        Contracts__ImportContractsReply *reply = pb_new(&contracts__import_contracts_reply__descriptor, work->arena);
        reply->results = arena_alloc(work->arena, command->n_records * sizeof(*reply->results));
        reply->n_results = command->n_records;
        scoped(arena_fini) struct arena scratch = {0};
        for (size_t i = 0; i < command->n_records; i++)
                reply->results[i] = result_of(work, command->records[i], &scratch);
        return reply_ok(work, reply);
}
