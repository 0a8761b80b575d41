#include "services/tracking/controls/control.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/err.h"
#include "common/codec/types.h"
#include "services/tracking/rules/wording.h"

#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE
#define INVALID     TYPES__REFUSAL_CODE__INVALID_FIELD

#define DRAWN          TRACKING__EVIDENCE_STATE__EVIDENCE_DRAWN
#define ASKED          TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED
#define ANSWERED       TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED
#define DISPUTED       TRACKING__EVIDENCE_STATE__EVIDENCE_DISPUTED
#define ANSWERED_AGAIN TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED_AGAIN
#define TO_CONFIRM     TRACKING__EVIDENCE_STATE__EVIDENCE_TO_CONFIRM
#define CONFIRMED      TRACKING__EVIDENCE_STATE__EVIDENCE_CONFIRMED
#define NOT_PROVEN     TRACKING__EVIDENCE_STATE__EVIDENCE_NOT_PROVEN
#define SETTLED        TRACKING__EVIDENCE_STATE__EVIDENCE_SETTLED

#define BIT(STATE) (1u << (STATE))
/* Where somebody has to act. */
#define WAITING                                                                                                        \
        (BIT(DRAWN) | BIT(ASKED) | BIT(ANSWERED) | BIT(DISPUTED) | BIT(ANSWERED_AGAIN) | BIT(TO_CONFIRM) |             \
         BIT(NOT_PROVEN))

/* From which states each may follow. */
static const uint32_t follows[] = {
        [ASKED] = BIT(DRAWN),
        [ANSWERED] = BIT(ASKED),
        [DISPUTED] = BIT(ASKED) | BIT(ANSWERED) | BIT(TO_CONFIRM),
        [ANSWERED_AGAIN] = BIT(DISPUTED),
        [TO_CONFIRM] = BIT(ASKED) | BIT(ANSWERED) | BIT(DISPUTED) | BIT(ANSWERED_AGAIN),
        [CONFIRMED] = BIT(ANSWERED) | BIT(ANSWERED_AGAIN) | BIT(TO_CONFIRM),
        [NOT_PROVEN] = BIT(DISPUTED) | BIT(ANSWERED_AGAIN) | BIT(TO_CONFIRM),
        [SETTLED] = BIT(NOT_PROVEN),
};

static const char *const words[] = {
        [DRAWN] = "tiré au sort",
        [ASKED] = "demandé",
        [ANSWERED] = "transmis",
        [DISPUTED] = "non recevable, phase contradictoire",
        [ANSWERED_AGAIN] = "transmis de nouveau",
        [TO_CONFIRM] = "jugé, à confirmer par un autre compte",
        [CONFIRMED] = "confirmé",
        [NOT_PROVEN] = "non justifié",
        [SETTLED] = "non justifié, suites décidées",
};

const char *evidence_state_word(Tracking__EvidenceState state)
{
        return (size_t)state < ARRAY_SIZE(words) && words[state] != NULL ? words[state] : "";
}

/* ---- the rules of the day */

static const Tracking__ControlDelayRule *delay_of(const Tracking__ControlVersion *rules, Tracking__EvidenceState state)
{
        for (size_t i = 0; i < rules->n_delays; i++)
                if (rules->delays[i]->state == state)
                        return rules->delays[i];
        return NULL;
}

static bool is_whole(const Tracking__ControlVersion *version)
{
        for (int state = DRAWN; state <= SETTLED; state++) {
                const Tracking__ControlDelayRule *rule = delay_of(version, (Tracking__EvidenceState)state);
                if ((rule != NULL) != ((BIT(state) & WAITING) != 0) ||
                    (rule != NULL && (rule->days == 0 || rule->action[0] == '\0')))
                        return false;
        }
        const Tracking__ControlSampleRule *sample = version->sample;
        return sample != NULL && sample->share != NULL && sample->count_min > 0 &&
               sample->count_max >= sample->count_min && sample->count_max <= DRAWN_MAX;
}

int sampling_rules_check(const struct dated *dated, struct err_info *info)
{
        const Tracking__ControlRules *rules = (const Tracking__ControlRules *)dated->root;
        for (size_t i = 0; i < rules->n_versions; i++)
                if (!is_whole(rules->versions[i]))
                        return err_set(
                                info, ERR_CONFIG,
                                "controls.json: version %s: states where somebody acts, and those only, say what "
                                "and how soon; a sample has a share and bounds",
                                rules->versions[i]->version);
        return 0;
}

size_t control_sample_size(const Tracking__ControlVersion *rules, const struct drawing *drawing, size_t frame)
{
        const size_t whole = 1000000;
        bool is_by_rules = drawing->share == NULL && drawing->count == 0;
        const Types__Share *share = drawing->share != NULL ? drawing->share : rules->sample->share;
        size_t size = drawing->count > 0 ? drawing->count : (frame * (size_t)share->millionths + whole - 1) / whole;
        if (is_by_rules && size < rules->sample->count_min)
                size = rules->sample->count_min;
        if (is_by_rules && size > rules->sample->count_max)
                size = rules->sample->count_max;
        return size < frame ? size : frame;
}

const char *control_label(Tracking__ControlCode *const *codes, size_t count, const char *code)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(codes[i]->code, code) == 0)
                        return codes[i]->label;
        return "";
}

const Tracking__ControlEffect *control_effect(const Tracking__ControlVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_effects; i++)
                if (strcmp(rules->effects[i]->code, code) == 0)
                        return rules->effects[i];
        return NULL;
}

/* ---- what stands */

static const Tracking__EvidenceStepRow *standing(const Tracking__EvidenceRow *row, size_t skipped)
{
        for (size_t i = row->n_steps; i > 0; i--)
                if (!row->steps[i - 1]->taken_back && skipped-- == 0)
                        return row->steps[i - 1];
        return NULL;
}

const Tracking__EvidenceStepRow *evidence_last_row(const Tracking__EvidenceRow *row)
{
        return standing(row, 0);
}

const Tracking__EvidenceStep *evidence_last(const Tracking__EvidenceRow *row)
{
        return standing(row, 0)->step;
}

const Tracking__EvidenceStep *evidence_before_last(const Tracking__EvidenceRow *row)
{
        const Tracking__EvidenceStepRow *before = standing(row, 1);
        return before == NULL ? NULL : before->step;
}

bool evidence_is_settled(const Tracking__EvidenceRow *row)
{
        return (BIT(evidence_last(row)->state) & (BIT(CONFIRMED) | BIT(SETTLED))) != 0;
}

bool evidence_came_to(const Tracking__EvidenceRow *row, Tracking__EvidenceState state)
{
        for (size_t i = 0; i < row->n_steps; i++)
                if (!row->steps[i]->taken_back && row->steps[i]->step->state == state)
                        return true;
        return false;
}

/* ---- what may follow */

bool evidence_may_move(const Tracking__EvidenceRow *row, const struct evidence_move *move, struct refusal *ret)
{
        const Tracking__EvidenceStep *last = evidence_last(row);
        char day[DAY_WORDING_SIZE];
        day_wording(day_of(last->happened_on), day);
        if (row->n_steps >= EVIDENCE_STEPS_MAX)
                return refuse(ret, WRONG_STATE, "placement_id",
                              "Ce parcours a déjà %d étapes dans ce contrôle : il n'en reçoit plus.",
                              EVIDENCE_STEPS_MAX);
        if ((size_t)move->to >= ARRAY_SIZE(follows) || (BIT(last->state) & follows[move->to]) == 0)
                return refuse(
                        ret, WRONG_STATE, "placement_id",
                        "Le justificatif de ce parcours est « %s » depuis le %s : « %s » ne suit pas. Relisez-le ; "
                        "si cette étape est fausse, elle se reprend.",
                        evidence_state_word(last->state), day, evidence_state_word(move->to));
        if (move->on->days < last->happened_on->days)
                return refuse(ret, INVALID, move->day_field,
                              "Le justificatif de ce parcours est « %s » depuis le %s : indiquez ce jour-là ou un jour "
                              "d'après, ou reprenez d'abord cette étape.",
                              evidence_state_word(last->state), day);
        return true;
}

/* Before anything has come, the delay must be over; what is judged then is that nothing came. */
static bool waits_for_them(const Tracking__EvidenceRow *row, const struct judgement *judgement, struct refusal *ret)
{
        const Tracking__EvidenceStep *last = evidence_last(row);
        char day[DAY_WORDING_SIZE];
        bool has_answered = evidence_came_to(row, ANSWERED) || evidence_came_to(row, ANSWERED_AGAIN);
        if (judgement->accepted && !has_answered)
                return refuse(ret, WRONG_STATE, "accepted",
                              "Rien n'a été transmis : enregistrez d'abord ce qui est arrivé.");
        if (last->state != ASKED && last->state != DISPUTED)
                return true;
        day_wording(day_of(last->act_by), day);
        if (judgement->accepted)
                return refuse(ret, WRONG_STATE, "accepted",
                              "Rien n'a été transmis depuis : enregistrez d'abord ce qui est arrivé.");
        if (judgement->on->days <= last->act_by->days)
                return refuse(ret, WRONG_STATE, "judged_on",
                              "L'employeur a jusqu'au %s pour répondre : attendez, ou enregistrez ce qui est arrivé.",
                              day);
        return strcmp(judgement->code, "NO_ANSWER") == 0 ||
               refuse(ret, INVALID, "rejection_code", "Rien n'a été transmis : le motif est NO_ANSWER.");
}

bool evidence_may_judge(const Tracking__EvidenceRow *row, const struct judgement *judgement,
                        Tracking__EvidenceState *ret_to, struct refusal *ret)
{
        const Tracking__EvidenceStep *last = evidence_last(row);
        bool is_second = evidence_came_to(row, DISPUTED);
        *ret_to = judgement->accepted ? CONFIRMED : is_second ? NOT_PROVEN : DISPUTED;
        if (judgement->by_guarantor && last->state != TO_CONFIRM)
                *ret_to = TO_CONFIRM;
        const struct evidence_move move = {*ret_to, judgement->on, "judged_on"};
        if (judgement->accepted && judgement->code[0] != '\0')
                return refuse(ret, INVALID, "rejection_code",
                              "Ce qui est recevable n'a pas de motif : laissez-le vide.");
        if (!judgement->accepted && judgement->code[0] == '\0')
                return refuse(ret, INVALID, "rejection_code",
                              "Dites pourquoi ce n'est pas recevable, par un code de deploy/rules/controls.json.");
        return evidence_may_move(row, &move, ret) && waits_for_them(row, judgement, ret);
}

/* ---- what follows */

void evidence_follow_up(const Tracking__ControlVersion *rules, bool has_organisation, Tracking__EvidenceStep *step,
                        struct arena *arena)
{
        const Tracking__ControlDelayRule *rule = delay_of(rules, step->state);
        step->rules_version = rules->version;
        if (rule == NULL)
                return; /* nobody acts */
        bool is_theirs = has_organisation && (step->state == ASKED || step->state == DISPUTED);
        step->next_actor =
                is_theirs ? TRACKING__EVIDENCE_ACTOR__ASKED_ORGANISATION : TRACKING__EVIDENCE_ACTOR__CONTROLLER;
        step->act_by = day_to(arena, day_of_number(step->happened_on->days + (int32_t)rule->days));
}

const char *evidence_action(const Tracking__ControlVersion *rules, const Tracking__EvidenceStep *step)
{
        const Tracking__ControlDelayRule *rule = delay_of(rules, step->state);
        return rule == NULL ? "" : rule->action;
}

/* ---- figures */

void control_count(Tracking__ControlFigures *figures, const Tracking__EvidenceRow *row, bool is_readable)
{
        figures->drawn++;
        if (!is_readable) {
                figures->set_aside++;
                return;
        }
        bool came_back = evidence_came_to(row, DISPUTED), is_confirmed = evidence_came_to(row, CONFIRMED);
        figures->asked += evidence_came_to(row, ASKED);
        figures->answered += evidence_came_to(row, ANSWERED);
        figures->accepted_first += is_confirmed && !came_back;
        figures->disputed += came_back;
        figures->confirmed += is_confirmed;
        figures->not_proven += evidence_came_to(row, NOT_PROVEN);
        figures->set_aside += row->erased && !is_confirmed && !evidence_came_to(row, NOT_PROVEN);
}

void control_share(Tracking__ControlFigures *figures, struct arena *arena)
{
        const int64_t whole = 1000000;
        int64_t judged = (int64_t)figures->confirmed + figures->not_proven;
        if (judged > 0)
                figures->not_proven_share = share_to(
                        arena, share_of_millionths((uint32_t)((figures->not_proven * whole + judged / 2) / judged)));
}
