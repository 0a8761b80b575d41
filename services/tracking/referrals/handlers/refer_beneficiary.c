/* ReferBeneficiary: a prescriber sends a person. The identity is sealed at once with a key of its own. Where she is
 * referred for a need that is known here and open, she is proposed for it. Whom this partition may know already is told
 * beside the new file: it may be another person, so nothing is refused.
 * Caller: a prescriber for its organisation, a facilitator of the territory.
 * Emits BeneficiaryReferred, ProposalMade. */
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/known.h"
#include "services/tracking/persons/referral.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/proposals/proposals.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

struct reply handle_refer_beneficiary(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ReferBeneficiary *command = (const Tracking__ReferBeneficiary *)message;
        struct known_list known;
        struct refusal refusal;
        struct id id, proposal;

        if (!referral_is_sound(command, work->today, &refusal) ||
            !referral_may_be_given(work, command->territory, command->prescriber, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__PersonDigests *digests = digests_of(tracking_of(work)->digests, command->identity, work->arena);
        known_find(work->txn, digests, &known);
        digests_pair(digests, &known, (struct id){{0}}, work->arena);
        int err = referral_record(work, command, digests, NULL, &id);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__ReferBeneficiaryReply *reply = pb_new(&tracking__refer_beneficiary_reply__descriptor, work->arena);
        reply->beneficiary_id = id_to(work->arena, id);
        if (proposal_with_referral(work, id, command->need_id, &proposal))
                reply->proposal_id = id_to(work->arena, proposal);
        reply->known = arena_alloc(work->arena, KNOWN_MAX * sizeof(*reply->known));
        reply->n_known = known_lines(work, &known, reply->known);
        return reply_ok(work, reply);
}
