/* ExtendEligibility: a motivated decision lengthens the period that holds. As any decision, it waits for another
 * account where it is on one's own referral. Caller: a facilitator of the person's territory. Emits
 * EligibilityDecided, or EligibilityProposed. */
#include "common/base/text.h"
#include "services/tracking/eligibility/deciding.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/policy.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

/* What is lengthened stays what it was decided on. */
static Tracking__Eligibility *lengthened(struct work *work, const Tracking__ExtendEligibility *command,
                                         const struct deciding *deciding, const Tracking__Eligibility *before)
{
        Tracking__Eligibility *decision = deciding_new(work, deciding);
        decision->public_code = before->public_code;
        decision->eligible = true;
        decision->reason = command->reason;
        decision->proof_id = command->proof_id;
        decision->extends = before->decision_id;
        return decision;
}

static bool is_sound(const Tracking__ExtendEligibility *command, const struct deciding *deciding, struct refusal *ret)
{
        const Tracking__ProofRow *proof =
                command->proof_id == NULL ? NULL : eligibility_proof(deciding->row, id_of(command->proof_id));
        if (command->proof_id != NULL && (proof == NULL || proof->withdrawn))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "proof_id",
                              "Ce justificatif n'est pas au dossier de cette personne, ou en a été retiré : notez "
                              "d'abord qu'il a été vu.");
        return reason_is_sound(command->reason, ret);
}

struct reply handle_extend_eligibility(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ExtendEligibility *command = (const Tracking__ExtendEligibility *)message;
        struct period periods[DECISIONS_MAX + 1];
        Tracking__Eligibility *before;
        struct deciding deciding;
        struct refusal refusal;
        struct day from, until;
        bool to_confirm;

        if (!deciding_load(work, command->beneficiary_id, command->decided_on, &deciding))
                return reply_no_beneficiary(work);
        if (eligibility_is_full(deciding.row))
                return reply_decisions_full(work);
        if (!is_sound(command, &deciding, &refusal))
                return reply_refusal(work, &refusal);
        const struct extending extending = {deciding.row, periods, eligibility_periods(deciding.row, periods),
                                            command->months, deciding.today};
        const Tracking__DecisionRow *last = policy_extend(deciding.policy, &extending, &from, &until, &refusal);
        if (last == NULL)
                return reply_refusal(work, &refusal);
        int err = deciding_unseal(work, &deciding, last, &before);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__Eligibility *decision = lengthened(work, command, &deciding, before);
        decision->valid_from = day_to(work->arena, from);
        decision->valid_until = day_to(work->arena, until);
        err = deciding_record(work, &deciding, decision, &to_confirm);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__ExtendEligibilityReply *reply = pb_new(&tracking__extend_eligibility_reply__descriptor, work->arena);
        reply->valid_until = decision->valid_until;
        reply->decision_id = decision->decision_id;
        reply->to_confirm = to_confirm;
        return reply_ok(work, reply);
}
