/* JudgeEvidence: what came is accepted or not, at either stage; who vouched for the person waits for another account.
 * SettleEvidence: what follows from what was not proven. TakeBackEvidence: the last step was wrong.
 * Caller: a facilitator of the territory. Emits EvidenceMoved or EvidenceTakenBack; HoursSetToCheck of the validated
 * months of the period where it is not proven. */
#include <string.h>

#include "common/base/text.h"
#include "services/tracking/controls/judging.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

#define NOT_PROVEN TRACKING__EVIDENCE_STATE__EVIDENCE_NOT_PROVEN
#define TO_CONFIRM TRACKING__EVIDENCE_STATE__EVIDENCE_TO_CONFIRM
#define SETTLED    TRACKING__EVIDENCE_STATE__EVIDENCE_SETTLED

/* Hours count until a facilitator decides anew (decision 0053). */
static uint32_t set_to_check(struct work *work, const struct judged *judged)
{
        int32_t first = month_number(month_of_day(day_of(judged->control->from)));
        int32_t last = month_number(month_of_day(day_of(judged->control->until)));
        uint32_t count = 0;
        for (int32_t month = first; month <= last; month++) {
                struct statement statement;
                Tracking__HoursSetToCheck body = TRACKING__HOURS_SET_TO_CHECK__INIT;
                if (!tracking_statement(work->txn, month_of_number(month), judged->evidence.placement, &statement) ||
                    !statement_is_validated(&statement) || statement.validated_hundredths == 0 ||
                    statement.mark == STATEMENT_TO_CHECK)
                        continue;
                body.placement_id = id_to(work->arena, judged->evidence.placement);
                body.month = month_to(work->arena, month_of_number(month));
                body.hours = hours_to(work->arena, hours_of_hundredths(statement.validated_hundredths));
                body.cause = TRACKING__CHECK_CAUSE__CHECK_EVIDENCE;
                body.control_id = id_to(work->arena, judged->evidence.control);
                work_record(work, &body.base);
                count++;
        }
        return count;
}

/* What waits for another account is not for the one who made it wait. */
static bool is_another(const struct work *work, const Tracking__EvidenceRow *row, struct refusal *ret)
{
        const Tracking__EvidenceStepRow *last = evidence_last_row(row);
        return last->step->state != TO_CONFIRM || !id_equal(id_of(last->account), passport_account(work->actor)) ||
               refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "placement_id",
                      "Vous vous êtes porté garant de cette personne, et avez déjà jugé : un autre compte que le vôtre "
                      "doit trancher.");
}

struct reply handle_judge_evidence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__JudgeEvidence *command = (const Tracking__JudgeEvidence *)message;
        const Tracking__ControlVersion *rules = controls_rules(work);
        struct evidence_said said = {
                .on = command->judged_on,
                .accepted = command->accepted,
                .code = command->rejection_code,
                .label = control_label(rules->rejection_reasons, rules->n_rejection_reasons, command->rejection_code),
                .words = command->words};
        Tracking__EvidenceStep *step;
        struct judged judged;
        struct refusal refusal;

        if (!judging_load(work, command->control_id, command->placement_id, &judged, &refusal))
                return reply_refusal(work, &refusal);
        const struct judgement judgement = {command->accepted, command->rejection_code, command->judged_on,
                                            judging_is_guarantor(work, judged.placement.beneficiary)};
        if (!is_another(work, judged.evidence.row, &refusal) ||
            !evidence_may_judge(judged.evidence.row, &judgement, &said.to, &refusal) ||
            !judging_words_are_sound(command->words, "words", &refusal))
                return reply_refusal(work, &refusal);
        int err = judging_record(work, &judged, &said, &step);
        if (err != 0)
                return reply_sealed(work, err);
        return judging_reply(work, step, said.to == NOT_PROVEN ? set_to_check(work, &judged) : 0);
}

/* ---- what follows */

/* She is eligible on no day from that one on. */
static bool is_ended(const struct work *work, struct id beneficiary, const Types__Day *on)
{
        struct period periods[PERSON_PERIODS_MAX];
        size_t count = identity_periods(work->txn, beneficiary, periods, work->arena);
        for (size_t i = 0; i < count; i++)
                if (day_number(periods[i].from) <= on->days && day_number(periods[i].until) >= on->days)
                        return false;
        return true;
}

static bool effect_is_sound(const struct work *work, const Tracking__SettleEvidence *command,
                            const struct judged *judged, struct refusal *ret)
{
        const Tracking__ControlEffect *effect = control_effect(controls_rules(work), command->effect_code);
        if (effect != NULL && effect->ends_eligibility &&
            !is_ended(work, judged->placement.beneficiary, command->settled_on))
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "effect_code",
                              "La personne est encore éligible ce jour-là : suspendez ou annulez d'abord la décision "
                              "(guichetctl eligibility suspend, ou correct), puis dites-le ici.");
        return strcmp(command->effect_code, "KEPT") != 0 || !text_is_empty(command->words) ||
               refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "words",
                      "Dites pourquoi rien ne change, sans nommer la personne.");
}

struct reply handle_settle_evidence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SettleEvidence *command = (const Tracking__SettleEvidence *)message;
        const Tracking__ControlEffect *effect = control_effect(controls_rules(work), command->effect_code);
        const struct evidence_said said = {.to = SETTLED,
                                           .on = command->settled_on,
                                           .code = command->effect_code,
                                           .label = effect == NULL ? NULL : effect->label,
                                           .words = command->words};
        const struct evidence_move move = {SETTLED, command->settled_on, "settled_on"};
        Tracking__EvidenceStep *step;
        struct judged judged;
        struct refusal refusal;

        if (!judging_load(work, command->control_id, command->placement_id, &judged, &refusal) ||
            !evidence_may_move(judged.evidence.row, &move, &refusal) ||
            !effect_is_sound(work, command, &judged, &refusal) ||
            !judging_words_are_sound(command->words, "words", &refusal))
                return reply_refusal(work, &refusal);
        int err = judging_record(work, &judged, &said, &step);
        return err != 0 ? reply_sealed(work, err) : judging_reply(work, step, 0);
}

/* ---- it was wrong */

static struct reply record_taken_back(struct work *work, const struct judged *judged, struct slice sealed,
                                      const Tracking__EvidenceStep *now)
{
        Tracking__EvidenceTakenBack body = TRACKING__EVIDENCE_TAKEN_BACK__INIT;
        body.control_id = id_to(work->arena, judged->evidence.control);
        body.placement_id = id_to(work->arena, judged->evidence.placement);
        body.beneficiary_id = judged->evidence.row->beneficiary_id;
        body.territory = judged->control->territory;
        body.organisation = judged->evidence.row->organisation;
        body.before = evidence_last(judged->evidence.row)->state;
        body.now = now->state;
        body.is_private = judged->placement.is_private;
        work_record_sealed(work, &body.base, sealed);
        return judging_reply(work, now, 0);
}

struct reply handle_take_back_evidence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__TakeBackEvidence *command = (const Tracking__TakeBackEvidence *)message;
        struct judged judged;
        struct refusal refusal;
        struct slice sealed;

        if (!judging_load(work, command->control_id, command->placement_id, &judged, &refusal) ||
            !judging_words_are_sound(command->correction, "correction", &refusal))
                return reply_refusal(work, &refusal);
        const Tracking__EvidenceStep *last = evidence_last(judged.evidence.row);
        const Tracking__EvidenceStep *before = evidence_before_last(judged.evidence.row);
        const struct evidence_said said = {.to = last->state, .on = last->happened_on};
        if (before == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                                    "Ce parcours est tiré au sort, et rien de plus : un tirage ne se reprend pas. S'il "
                                    "est faux tout entier, annulez le contrôle, avec le motif.");
        int err = judging_seal(work, &judged, &said, command->correction, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_taken_back(work, &judged, sealed, before);
}
