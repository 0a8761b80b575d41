/* close_referral: the guichet vert has answered, or nobody waits for it any longer.
 * Caller: facilitator (of one of the contract's territories), coordinator.  Emits: ReferralClosed.
 * Refuses: NOT_FOUND (referral), NOT_ALLOWED, INVALID_FIELD (outcome, closed_on, text), WRONG_STATE (closed already).
 */
#include "contracts/calls.h"
#include "services/contracts/referrals/referrals.h"

#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/referrals/referral.h"
#include "services/contracts/referrals/referrals_rows.h"

struct reply handle_close_referral(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CloseReferral *command = (const Contracts__CloseReferral *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        const Contracts__ReferralRow *row = referral_find(work->txn, work->arena, id_of(command->referral_id));
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "referral_id",
                                    "Cette transmission n'est pas connue : choisissez-la dans la liste du contrat.");
        if (!loaded_contract_find(work, row->referred->contract_id, &loaded, &refusal) ||
            !referral_check_close(row, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ReferralClosed body = CONTRACTS__REFERRAL_CLOSED__INIT;
        body.referral_id = command->referral_id;
        body.contract_id = row->referred->contract_id;
        body.outcome = command->outcome;
        body.closed_on = command->closed_on;
        body.text = command->text;
        work_record(work, &body.base);

        Contracts__CloseReferralReply *reply = pb_new(&contracts__close_referral_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        return reply_ok(work, reply);
}
