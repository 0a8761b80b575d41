/* decline_letter: the letter that told the buyer why its contract is declined, as it was written that day.
 * Caller: facilitator, coordinator, auditor; the buyer whose contract it is. */
#include "contracts/calls.h"
#include "services/contracts/association/association.h"

#include "services/contracts/association/association_rows.h"
#include "services/contracts/record/loaded_contract.h"

struct reply handle_decline_letter(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclineLetter *query = (const Contracts__DeclineLetter *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, query->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__ContractDeclined *decline = decline_find(work->txn, work->arena, loaded.id);
        if (decline == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'a jamais été décliné : il n'y a pas de lettre.");

        Contracts__DeclineLetterReply *reply = pb_new(&contracts__decline_letter_reply__descriptor, work->arena);
        reply->declined_on = decline->declined_on;
        reply->letter = decline->letter;
        reply->texts_version = decline->texts_version;
        return reply_ok(work, reply);
}
