/* import_contract: a contract as its buyer published it.
 * Caller: facilitator, coordinator, operator.  Emits: ContractImported, ContractUpdated, or nothing.
 * Refuses: INVALID_FIELD (kind, number, buyer, object, amount, considerations), TOO_LARGE. */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/intake.h"
#include "services/contracts/record/amounts.h"

struct reply handle_import_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ImportContract *command = (const Contracts__ImportContract *)message;
        struct intake intake;
        struct refusal refusal;

        if (!intake_take(work, command->record, &intake, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__ImportContractReply *reply = pb_new(&contracts__import_contract_reply__descriptor, work->arena);
        reply->contract_id = id_to(work->arena, intake.contract);
        reply->outcome = intake.outcome;
        reply->remarks = amount_remarks(work, command->record, &reply->n_remarks);
        return reply_ok(work, reply);
}
