/* import_contracts: many contracts as their buyers published them, each taken or refused for itself.
 * Caller: facilitator, coordinator, operator.  Emits: ContractImported, ContractUpdated, or nothing, for each.
 * Refuses: INVALID_FIELD (records: none, or more than 128); a record's own refusal stands in its result. */
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/intake.h"

enum { RECORDS_MAX = 128 };

static Contracts__ImportResult *result_of(struct work *work, const Contracts__ContractRecord *record)
{
        Contracts__ImportResult *result = pb_new(&contracts__import_result__descriptor, work->arena);
        struct intake intake;
        struct refusal refusal;

        if (intake_take(work, record, &intake, &refusal)) {
                result->contract_id = id_to(work->arena, intake.contract);
                result->outcome = intake.outcome;
        } else {
                result->refusal = refusal_to(work->arena, &refusal);
        }
        return result;
}

struct reply handle_import_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ImportContracts *command = (const Contracts__ImportContracts *)message;

        if (command->n_records == 0 || command->n_records > RECORDS_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "records",
                                    "Une demande importe de 1 à %d contrats, celle-ci en a %zu : partagez-la.",
                                    RECORDS_MAX, command->n_records);
        Contracts__ImportContractsReply *reply = pb_new(&contracts__import_contracts_reply__descriptor, work->arena);
        reply->results = arena_alloc(work->arena, command->n_records * sizeof(*reply->results));
        reply->n_results = command->n_records;
        for (size_t i = 0; i < command->n_records; i++)
                reply->results[i] = result_of(work, command->records[i]);
        return reply_ok(work, reply);
}
