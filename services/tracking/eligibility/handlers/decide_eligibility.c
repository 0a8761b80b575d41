/* DecideEligibility: the facilitator vouches for a person, or refuses. Public, proof and reason are sealed; the event
 * tells only from when until when. On one's own referral it waits for another account (ConfirmEligibility).
 * Caller: a facilitator of the person's territory, so never an employer. Emits EligibilityDecided, or
 * EligibilityProposed. */
#include "common/base/text.h"
#include "services/tracking/eligibility/deciding.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/policy.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/birth.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

static int birth_days_of(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                         struct birth_days *ret)
{
        int err;
        const Tracking__Sealed *content =
                work_unseal(work, id, pb_slice(row->sealed_identity), &tracking__sealed__descriptor, &err);
        if (err != 0)
                return err;
        if (content->content_case != TRACKING__SEALED__CONTENT_IDENTITY)
                return ERR_FORGED;
        *ret = birth_days(birth_of(content->identity), work->today, AGE_MIN_YEARS, AGE_MAX_YEARS);
        return 0;
}

/* What the decision rests on. */
struct ground {
        const Tracking__DecideEligibility *command;
        const struct deciding *deciding;
        const Tracking__SeenProof *seen; /* NULL: told with the decision */
        struct birth_days born;
};

/* ERR_NOT_FOUND is another's error: of no key. So the proof was looked for before. */
static int load_ground(const struct work *work, struct ground *ground)
{
        const struct deciding *deciding = ground->deciding;
        int err = birth_days_of(work, deciding->beneficiary, deciding->person, &ground->born);
        if (err != 0 || ground->command->proof_id == NULL)
                return err;
        const Tracking__ProofRow *row = eligibility_proof(deciding->row, id_of(ground->command->proof_id));
        const Tracking__Sealed *content =
                work_unseal(work, deciding->beneficiary, pb_slice(row->sealed), &tracking__sealed__descriptor, &err);
        if (err == 0 && content->content_case != TRACKING__SEALED__CONTENT_SEEN_PROOF)
                return ERR_FORGED;
        if (err == 0)
                ground->seen = content->seen_proof;
        return err;
}

static bool proof_may_serve(const Tracking__DecideEligibility *command, const struct deciding *deciding,
                            struct refusal *ret)
{
        if (command->proof_id == NULL)
                return true;
        const Tracking__ProofRow *row = eligibility_proof(deciding->row, id_of(command->proof_id));
        if (row == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "proof_id",
                              "Ce justificatif n'est pas au dossier de cette personne : notez d'abord qu'il a été vu.");
        if (row->withdrawn)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "proof_id",
                              "Ce justificatif a été retiré du dossier : choisissez-en un autre.");
        if (!text_is_empty(command->proof_code) || command->proof_dated != NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proof_code",
                              "Nommez le justificatif vu, ou décrivez-en un : pas les deux.");
        return true;
}

static bool texts_are_sound(const Tracking__DecideEligibility *command, struct refusal *ret)
{
        return reason_is_sound(command->reason, ret) &&
               policy_text_is_sound(command->retroactive_reason, "retroactive_reason", ret) &&
               policy_text_is_sound(command->proof_issuer, "proof_issuer", ret);
}

/* An absent first day is that of the decision: "date of the first hour, as far as known". */
static void copy_command(struct work *work, const struct ground *ground, Tracking__Eligibility *decision)
{
        const Tracking__DecideEligibility *command = ground->command;
        decision->public_code = command->public_code;
        decision->eligible = command->eligible;
        decision->reason = command->reason;
        decision->retroactive_reason = command->retroactive_reason;
        decision->proof_id = command->proof_id;
        decision->proof_code = ground->seen != NULL ? ground->seen->proof_code : command->proof_code;
        decision->proof_dated = ground->seen != NULL ? ground->seen->dated : command->proof_dated;
        decision->proof_until = ground->seen != NULL ? ground->seen->valid_until : command->proof_until;
        decision->proof_issuer = ground->seen != NULL ? ground->seen->issuer : command->proof_issuer;
        decision->valid_from =
                command->valid_from != NULL ? command->valid_from : day_to(work->arena, ground->deciding->today);
        if (!command->eligible)
                decision->refusal_code =
                        text_is_empty(command->refusal_code) ? arena_text(work->arena, "OTHER") : command->refusal_code;
}

/* The territory's own policy is stricter than the rules for all: fewer publics, and not as long. */
static bool policy_holds(struct work *work, Tracking__Eligibility *decision, struct day *until, struct refusal *ret)
{
        const struct policy_question question = {
                .buyer = "", .territory = decision->territory, .at = day_of(decision->valid_from)};
        const struct policy_rule *policy = eligibility_policy(&tracking_of(work)->rules, &question);
        struct day last;
        if (policy == NULL)
                return true;
        decision->policy_code = arena_text(work->arena, policy->code);
        if (!policy_admits(policy, decision->public_code))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "public_code",
                              "Ce public n'est pas de ceux que le territoire admet (« %s ») : choisissez-en un autre.",
                              policy->label);
        if (policy_last_day(policy, "", day_of(decision->valid_from), &last) && day_number(last) < day_number(*until))
                *until = last;
        return true;
}

/* By the rules of its days; what follows from them is filled in. */
static bool judge(struct work *work, const struct ground *ground, Tracking__Eligibility *decision, struct refusal *ret)
{
        const Tracking__DecideEligibility *command = ground->command;
        const struct deciding *deciding = ground->deciding;
        struct day until, dated, judged, good_until;
        const struct day *judged_on = command->judged_on == NULL ? NULL : &judged;
        if (judged_on != NULL)
                judged = day_of(command->judged_on);
        if (decision->proof_until != NULL)
                good_until = day_of(decision->proof_until);
        if (decision->proof_dated != NULL)
                dated = day_of(decision->proof_dated);
        const struct eligibility_question question = {
                .public_code = decision->public_code,
                .proof_code = decision->proof_code,
                .reason = decision->reason,
                .proof_dated = decision->proof_dated != NULL ? &dated : NULL,
                .proof_until = decision->proof_until != NULL ? &good_until : NULL,
                .valid_from = day_of(decision->valid_from),
                .born_on = ground->born.first,
                .born_by = ground->born.last,
                .eligible = decision->eligible,
        };
        const char *perimeter = "";
        const struct place_question place = {
                .public_code = decision->public_code,
                .territory = decision->territory,
                .judged_on = judged_on,
                .valid_from = question.valid_from,
                .decided_on = deciding->today,
        };
        const struct deciding_days days = {
                .decided_on = deciding->today,
                .valid_from = question.valid_from,
                .proof_dated = decision->proof_dated,
                .proof_seen = ground->seen != NULL ? ground->seen->seen_on : NULL,
                .retroactive_reason = decision->retroactive_reason,
                .eligible = decision->eligible,
        };
        if (!eligibility_decide(&tracking_of(work)->rules, &question, &until, ret) ||
            !policy_days_hold(deciding->policy, &days, ret) ||
            (decision->eligible && (!eligibility_perimeter(&tracking_of(work)->rules, &place, &perimeter, ret) ||
                                    !policy_holds(work, decision, &until, ret))))
                return false;
        decision->perimeter = arena_text(work->arena, perimeter);
        decision->judged_on = perimeter[0] != '\0' ? command->judged_on : NULL;
        decision->valid_until = decision->eligible ? day_to(work->arena, until) : NULL;
        return true;
}

struct reply handle_decide_eligibility(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__DecideEligibility *command = (const Tracking__DecideEligibility *)message;
        struct deciding deciding;
        struct ground ground = {.command = command, .deciding = &deciding};
        struct refusal refusal;
        bool to_confirm;

        if (!deciding_load(work, command->beneficiary_id, command->decided_on, &deciding))
                return reply_no_beneficiary(work);
        if (eligibility_is_full(deciding.row))
                return reply_decisions_full(work);
        if (!texts_are_sound(command, &refusal) || !proof_may_serve(command, &deciding, &refusal))
                return reply_refusal(work, &refusal);
        int err = load_ground(work, &ground);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__Eligibility *decision = deciding_new(work, &deciding);
        copy_command(work, &ground, decision);
        if (!judge(work, &ground, decision, &refusal))
                return reply_refusal(work, &refusal);
        err = deciding_record(work, &deciding, decision, &to_confirm);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__DecideEligibilityReply *reply = pb_new(&tracking__decide_eligibility_reply__descriptor, work->arena);
        reply->valid_until = decision->valid_until;
        reply->decision_id = decision->decision_id;
        reply->to_confirm = to_confirm;
        return reply_ok(work, reply);
}
