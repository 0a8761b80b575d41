/* open_contract: a contract of ours: in preparation, or private.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ContractOpened.
 * Refuses: INVALID_FIELD (record, lots, territories), NOT_ALLOWED; of the line that it comes from: NOT_FOUND,
 * INVALID_FIELD (another buyer), ALREADY_EXISTS (a contract was opened from it). */
#include "contracts/calls.h"
#include "services/contracts/record/telling.h"

#include "services/contracts/clauses/clause.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contract.h"

struct reply handle_open_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__OpenContract *command = (const Contracts__OpenContract *)message;
        struct territories asked = {command->territories, command->n_territories};
        struct territories territories;
        struct refusal refusal;

        if (!contract_check_ours(command->record, &refusal) ||
            !contract_check_lots(command->lots, command->n_lots, &refusal) ||
            !clause_territories(&asked, command->record, work->arena, &territories, &refusal) ||
            !programming_may_open(work, command->programme_line_id, command->record, &refusal))
                return reply_refusal(work, &refusal);
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_territories(work, territories.codes, territories.count))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territories",
                                    "Aucun des départements de ce contrat n'est dans votre territoire : adressez-vous "
                                    "au facilitateur qui le suit.");

        Contracts__ContractOpened body = CONTRACTS__CONTRACT_OPENED__INIT;
        body.contract_id = id_to(work->arena, work_new_id(work));
        body.record = command->record;
        body.record->format = CONTRACTS__RECORD_FORMAT__OURS;
        body.lots = command->lots;
        body.n_lots = command->n_lots;
        body.territories = territories.codes;
        body.n_territories = territories.count;
        body.programme_line_id = command->programme_line_id;
        work_record(work, &body.base);

        Contracts__OpenContractReply *reply = pb_new(&contracts__open_contract_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        return reply_ok(work, reply);
}
