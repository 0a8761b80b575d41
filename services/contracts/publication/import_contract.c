/* import_contract: a contract as its buyer published it.
 * Caller: facilitator, coordinator, operator.  Emits: ContractImported, ContractUpdated, or nothing.
 * Refuses: INVALID_FIELD (kind, number, buyer, object, amount, considerations), TOO_LARGE. */
#include "services/contracts/publication/publication.h"

#include "common/base/limits.h"
#include "common/codec/contract_key.h"
#include "services/contracts/file/contract.h"
#include "services/contracts/publication/republication.h"
#include "services/contracts/store/store.h"

enum { EVENT_MARGIN_BYTES = 1024, RECORD_BYTES_MAX = LIMIT_REQUEST_BYTES / 2 - EVENT_MARGIN_BYTES };

static struct reply answer(struct work *work, struct id id, Contracts__ImportOutcome outcome)
{
        Contracts__ImportContractReply *reply = pb_new(&contracts__import_contract_reply__descriptor, work->arena);
        reply->contract_id = id_to(work->arena, id);
        reply->outcome = outcome;
        return reply_ok(work, reply);
}

static void record_imported(struct work *work, struct id id, Contracts__ContractRecord *record)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractImported body = CONTRACTS__CONTRACT_IMPORTED__INIT;
        body.contract_id = id_to(work->arena, id);
        body.record = record;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED;
        event.contract_imported = &body;
        work_record(work, &event);
}

static void record_updated(struct work *work, struct id id, Contracts__ContractRecord *record)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractUpdated body = CONTRACTS__CONTRACT_UPDATED__INIT;
        body.contract_id = id_to(work->arena, id);
        body.record = record;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_UPDATED;
        event.contract_updated = &body;
        work_record(work, &event);
}

struct reply handle_import_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ImportContract *command = (const Contracts__ImportContract *)message;
        struct refusal refusal;
        struct slice known_bytes;

        if (!contract_check(command->record, &refusal))
                return reply_refusal(work, &refusal);
        struct id id = contract_key(command->record, work->arena);
        bool is_known = contracts_published_bytes(work->txn, id, &known_bytes);
        const Contracts__ContractRecord *known = NULL;
        if (is_known)
                known = pb_decode(&contracts__contract_record__descriptor, known_bytes, work->arena);

        /* An older file after a newer one (fewer modifications, an earlier publication) adds nothing to what is known:
         * the union is what we hold already, and that is UNCHANGED. */
        Contracts__ContractRecord *record = republication_merge(known, command->record, work->arena);
        struct slice bytes = pb_encode(record, work->arena);
        if (bytes.size > RECORD_BYTES_MAX)
                return reply_refuse(
                    work, TYPES__REFUSAL_CODE__TOO_LARGE, "record",
                    "Ce contrat, avec ses modifications, dépasse %d octets : vérifiez qu'il s'agit bien "
                    "d'un seul contrat.",
                    RECORD_BYTES_MAX);
        if (!is_known) {
                record_imported(work, id, record);
                return answer(work, id, CONTRACTS__IMPORT_OUTCOME__CREATED);
        }
        if (slice_equal(bytes, known_bytes))
                return answer(work, id, CONTRACTS__IMPORT_OUTCOME__UNCHANGED);
        record_updated(work, id, record);
        return answer(work, id, CONTRACTS__IMPORT_OUTCOME__UPDATED);
}
