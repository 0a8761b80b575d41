/* DecideEligibility: the facilitator vouches for a person, or refuses. Public, proof and reason are sealed; the event
 * tells only from when until when. Caller: a facilitator of the person's territory, so never an employer.
 * Emits EligibilityDecided. */
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

struct decision {
        Types__Day from;
        struct day until;
};

static int birth_of(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row, struct day *ret)
{
        int err;
        const Tracking__Sealed *content =
                work_unseal(work, id, pb_slice(row->sealed_identity), &tracking__sealed__descriptor, &err);
        if (err != 0)
                return err;
        if (content->content_case != TRACKING__SEALED__CONTENT_IDENTITY || content->identity->born_on == NULL)
                return ERR_FORGED;
        *ret = day_of(content->identity->born_on);
        return 0;
}

/* An absent first day is today: "date of the first hour, as far as known". */
static bool decide(const struct work *work, const Tracking__DecideEligibility *command, struct day born_on,
                   struct decision *ret_decision, struct refusal *ret)
{
        struct day dated = command->proof_dated != NULL ? day_of(command->proof_dated) : work->today;
        Types__Day from = TYPES__DAY__INIT;
        from.days = command->valid_from != NULL ? command->valid_from->days : day_number(work->today);
        const struct eligibility_question question = {
                .public_code = command->public_code,
                .proof_code = command->proof_code,
                .reason = command->reason,
                .proof_dated = command->proof_dated != NULL ? &dated : NULL,
                .valid_from = day_of(&from),
                .born_on = born_on,
                .eligible = command->eligible,
        };
        ret_decision->from = from;
        return reason_is_sound(command->reason, ret) &&
               eligibility_decide(&tracking_of(work)->rules, &question, &ret_decision->until, ret);
}

static int seal_decision(struct work *work, const Tracking__DecideEligibility *command, struct decision *decision,
                         struct slice *ret_sealed)
{
        Tracking__Eligibility eligibility = TRACKING__ELIGIBILITY__INIT;
        eligibility.public_code = command->public_code;
        eligibility.proof_code = command->proof_code;
        eligibility.proof_dated = command->proof_dated;
        eligibility.valid_from = &decision->from;
        eligibility.valid_until = command->eligible ? day_to(work->arena, decision->until) : NULL;
        eligibility.decided_by = work->actor->user;
        eligibility.decided_by_account = id_to(work->arena, passport_account(work->actor));
        eligibility.rules_version = arena_text(work->arena, tracking_of(work)->rules.version);
        eligibility.reason = command->reason;
        eligibility.eligible = command->eligible;
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_ELIGIBILITY;
        content.eligibility = &eligibility;
        return work_seal(work, id_of(command->beneficiary_id), &content, ret_sealed);
}

static struct reply record_decision(struct work *work, const Tracking__DecideEligibility *command,
                                    const Tracking__BeneficiaryRow *row, struct decision *decision)
{
        struct slice sealed;
        int err = seal_decision(work, command, decision, &sealed);
        if (err != 0)
                return reply_sealed(work, err);

        Tracking__EligibilityDecided decided = TRACKING__ELIGIBILITY_DECIDED__INIT;
        decided.beneficiary_id = command->beneficiary_id;
        decided.prescriber = row->prescriber;
        decided.eligible = command->eligible;
        decided.valid_from = &decision->from;
        decided.valid_until = command->eligible ? day_to(work->arena, decision->until) : NULL;
        decided.territory = row->territory;
        work_record_sealed(work, &decided.base, sealed);

        Tracking__DecideEligibilityReply *reply = pb_new(&tracking__decide_eligibility_reply__descriptor, work->arena);
        reply->valid_until = decided.valid_until;
        return reply_ok(work, reply);
}

struct reply handle_decide_eligibility(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__DecideEligibility *command = (const Tracking__DecideEligibility *)message;
        struct id id = id_of(command->beneficiary_id);
        struct decision decision = {0};
        struct refusal refusal;
        struct day born_on;

        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        if (row->n_sealed_eligibilities >= DECISIONS_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                                    "Le dossier a déjà %d décisions : il n'en reçoit plus, prévenez l'exploitant.",
                                    DECISIONS_MAX);
        int err = birth_of(work, id, row, &born_on);
        if (err != 0)
                return reply_sealed(work, err);
        if (!decide(work, command, born_on, &decision, &refusal))
                return reply_refusal(work, &refusal);
        return record_decision(work, command, row, &decision);
}
