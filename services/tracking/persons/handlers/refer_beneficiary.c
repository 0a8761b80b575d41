/* ReferBeneficiary: a prescriber sends a person. The identity is sealed at once with a key of its own.
 * Caller: a prescriber for its organisation, a facilitator of the territory. Emits BeneficiaryReferred. */
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/referral.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

struct reply handle_refer_beneficiary(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ReferBeneficiary *command = (const Tracking__ReferBeneficiary *)message;
        struct refusal refusal;
        struct id id;

        if (!referral_is_sound(command, work->today, &refusal) ||
            !referral_may_be_given(work, command->territory, command->prescriber, &refusal))
                return reply_refusal(work, &refusal);
        int err = referral_record(work, command, NULL, &id);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__ReferBeneficiaryReply *reply = pb_new(&tracking__refer_beneficiary_reply__descriptor, work->arena);
        reply->beneficiary_id = id_to(work->arena, id);
        return reply_ok(work, reply);
}
