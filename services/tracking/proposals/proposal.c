#include "services/tracking/proposals/proposal.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/rules/wording.h"

#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE
#define INVALID     TYPES__REFUSAL_CODE__INVALID_FIELD
#define DAY_MS      ((int64_t)86400000)

#define PROPOSED  TRACKING__PROPOSAL_STATE__PROPOSAL_PROPOSED
#define SENT      TRACKING__PROPOSAL_STATE__PROPOSAL_SENT
#define MET       TRACKING__PROPOSAL_STATE__PROPOSAL_MET
#define NO_SHOW   TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW
#define TAKEN     TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN
#define NOT_TAKEN TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN
#define POSTPONED TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED
#define WITHDRAWN TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN
#define EXPIRED   TRACKING__PROPOSAL_STATE__PROPOSAL_EXPIRED
#define PLACED    TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED

#define BIT(STATE)   (1u << (STATE))
#define OPEN_STATES  (BIT(PROPOSED) | BIT(SENT) | BIT(MET) | BIT(NO_SHOW) | BIT(TAKEN) | BIT(POSTPONED))
#define RESUMED_FROM (BIT(POSTPONED) | BIT(NO_SHOW) | BIT(EXPIRED))

/* From which states each may follow as something new; what was wrong is corrected. */
static const uint32_t follows[] = {
        [SENT] = BIT(PROPOSED),
        [MET] = BIT(SENT) | BIT(NO_SHOW) | BIT(POSTPONED),
        [NO_SHOW] = BIT(SENT) | BIT(POSTPONED),
        [TAKEN] = BIT(SENT) | BIT(MET) | BIT(POSTPONED),
        [NOT_TAKEN] = BIT(SENT) | BIT(MET) | BIT(NO_SHOW) | BIT(TAKEN) | BIT(POSTPONED),
        [POSTPONED] = OPEN_STATES,
        [WITHDRAWN] = OPEN_STATES,
        [EXPIRED] = OPEN_STATES,
        [PLACED] = OPEN_STATES,
};

static const char *const words[] = {
        [PROPOSED] = "proposée",
        [SENT] = "envoyée à l'entreprise",
        [MET] = "rencontrée",
        [NO_SHOW] = "pas venue",
        [TAKEN] = "retenue",
        [NOT_TAKEN] = "non retenue",
        [POSTPONED] = "reportée",
        [WITHDRAWN] = "retirée",
        [EXPIRED] = "restée sans réponse",
        [PLACED] = "en parcours",
};

const char *proposal_state_word(Tracking__ProposalState state)
{
        return (size_t)state < ARRAY_SIZE(words) && words[state] != NULL ? words[state] : "";
}

void proposal_label(struct id proposal, char ret_label[PROPOSAL_LABEL_SIZE])
{
        const uint8_t *tail = proposal.b + sizeof(proposal.b) - 3;
        (void)snprintf(ret_label, PROPOSAL_LABEL_SIZE, "%02X%02X%02X", tail[0], tail[1], tail[2]);
}

/* ---- the rules of the day */

static const Tracking__ProposalRule *rule_of(const Tracking__ProposalVersion *rules, Tracking__ProposalState state)
{
        for (size_t i = 0; i < rules->n_states; i++)
                if (rules->states[i]->state == state)
                        return rules->states[i];
        return NULL;
}

int proposal_rules_check(const struct dated *dated, struct err_info *info)
{
        const Tracking__ProposalRules *rules = (const Tracking__ProposalRules *)dated->root;
        for (size_t i = 0; i < rules->n_versions; i++)
                for (int state = PROPOSED; state <= PLACED; state++) {
                        const Tracking__ProposalRule *rule =
                                rule_of(rules->versions[i], (Tracking__ProposalState)state);
                        bool is_open = (BIT(state) & OPEN_STATES) != 0;
                        bool acts = rule != NULL && rule->actor != TRACKING__PROPOSAL_ACTOR__NOBODY_ACTS &&
                                    rule->action[0] != '\0';
                        if (is_open != (rule != NULL) || (is_open && !acts))
                                return err_set(info, ERR_CONFIG,
                                               "proposals.json: version %s: states that are open, and those only, say "
                                               "who acts and what",
                                               rules->versions[i]->version);
                }
        return 0;
}

const Tracking__WaitingRule *proposal_waiting_rule(const Tracking__ProposalVersion *rules, Tracking__WaitingState state)
{
        for (size_t i = 0; i < rules->n_waiting; i++)
                if (rules->waiting[i]->state == state)
                        return rules->waiting[i];
        return NULL;
}

static bool is_told(const Tracking__ProposalVersion *rules, Tracking__ProposalState state)
{
        for (size_t i = 0; i < rules->n_told_to_prescriber; i++)
                if (rules->told_to_prescriber[i] == state)
                        return true;
        return false;
}

static const char *label_in(Tracking__ProposalReason *const *reasons, size_t count, const char *code)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(reasons[i]->code, code) == 0)
                        return reasons[i]->label;
        return "";
}

const char *proposal_reason_label(const Tracking__ProposalVersion *rules, const Tracking__ProposalStep *step)
{
        const char *code = step->outcome_code;
        if (step->state == NOT_TAKEN)
                return label_in(rules->refusal_reasons, rules->n_refusal_reasons, code);
        if (step->state == WITHDRAWN)
                return label_in(rules->withdrawal_reasons, rules->n_withdrawal_reasons, code);
        if (step->state == POSTPONED)
                return label_in(rules->postponement_reasons, rules->n_postponement_reasons, code);
        return "";
}

const char *proposal_action(const Tracking__ProposalVersion *rules, const Tracking__ProposalStep *step)
{
        const Tracking__ProposalRule *rule = rule_of(rules, step->state);
        return rule == NULL || step->next_actor == TRACKING__PROPOSAL_ACTOR__NOBODY_ACTS ? "" : rule->action;
}

static Tracking__ProposalActor who_acts(Tracking__ProposalActor by_rule, struct proposal_people people)
{
        if (by_rule == TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS && people.has_structure)
                return TRACKING__PROPOSAL_ACTOR__STRUCTURE_ACTS;
        if ((by_rule == TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS && !people.has_company) ||
            (by_rule == TRACKING__PROPOSAL_ACTOR__PRESCRIBER_ACTS && !people.has_prescriber))
                return TRACKING__PROPOSAL_ACTOR__FACILITATOR_ACTS;
        return by_rule;
}

void proposal_follow_up(const Tracking__ProposalVersion *rules, struct proposal_people people, int64_t now_ms,
                        Tracking__ProposalStep *step, struct arena *arena)
{
        const Tracking__ProposalRule *rule = rule_of(rules, step->state);
        step->rules_version = rules->version;
        step->is_untold = !is_told(rules, step->state);
        if (rule == NULL)
                return; /* closed: nobody acts */
        const int32_t from = step->until != NULL ? step->until->days : step->happened_on->days;
        step->next_actor = who_acts(rule->actor, people);
        step->act_by = day_to(arena, day_of_number(from + (int32_t)rule->act_days));
        if (rule->expires_days == 0)
                return;
        /* What is recorded late is not over at once: there is time to read it. */
        int64_t at_ms = ((int64_t)from + rule->expires_days + 1) * DAY_MS;
        int64_t soonest_ms = now_ms + (int64_t)rules->grace_days * DAY_MS;
        step->expires_at = instant_to(arena, at_ms > soonest_ms ? at_ms : soonest_ms);
}

/* ---- what stands */

const Tracking__ProposalStep *proposal_last(const Tracking__ProposalRow *row)
{
        return row->steps[row->n_steps - 1]->step;
}

bool proposal_is_open(const Tracking__ProposalRow *row)
{
        return (BIT(proposal_last(row)->state) & OPEN_STATES) != 0;
}

bool proposal_was_sent(const Tracking__ProposalRow *row)
{
        for (size_t i = 0; i < row->n_steps; i++)
                if (!row->steps[i]->replaced && row->steps[i]->step->state == SENT)
                        return true;
        return false;
}

Tracking__ProposalState proposal_state_to_resume(const Tracking__ProposalRow *row)
{
        const uint32_t resumed = BIT(PROPOSED) | BIT(SENT) | BIT(MET) | BIT(TAKEN);
        for (size_t i = row->n_steps; i > 0; i--) {
                const Tracking__ProposalStepRow *step = row->steps[i - 1];
                if (!step->replaced && (BIT(step->step->state) & resumed) != 0)
                        return step->step->state;
        }
        return PROPOSED;
}

/* ---- what may follow */

const Tracking__ProposalStep *proposal_step_before(const Tracking__ProposalRow *row)
{
        for (size_t i = row->n_steps - 1; i > 0; i--)
                if (!row->steps[i - 1]->replaced)
                        return row->steps[i - 1]->step;
        return NULL;
}

static bool days_are_sound(const struct proposal_move *move, const Tracking__ProposalStep *before, struct refusal *ret)
{
        if (before != NULL && move->on->days < before->happened_on->days) {
                char day[DAY_WORDING_SIZE];
                day_wording(day_of(before->happened_on), day);
                return refuse(ret, INVALID, move->day_field,
                              "La proposition est « %s » depuis le %s : indiquez ce jour-là ou un jour d'après, ou "
                              "corrigez d'abord cette étape.",
                              proposal_state_word(before->state), day);
        }
        if (move->to != POSTPONED)
                return true;
        if (move->until == NULL || move->until->days <= move->on->days ||
            move->until->days > move->on->days + PROPOSAL_AHEAD_DAYS_MAX)
                return refuse(ret, INVALID, "until",
                              "Indiquez jusqu'à quel jour la proposition attend : après celui du report, dans les "
                              "deux ans.");
        return true;
}

static bool has_room(const Tracking__ProposalRow *row, struct refusal *ret)
{
        return row->n_steps < PROPOSAL_STEPS_MAX ||
               refuse(ret, WRONG_STATE, "proposal_id",
                      "Cette proposition a déjà %d étapes : elle n'en reçoit plus, faites-en une nouvelle.",
                      PROPOSAL_STEPS_MAX);
}

static bool state_allows(const Tracking__ProposalRow *row, const struct proposal_move *move, struct refusal *ret)
{
        const Tracking__ProposalStep *last = proposal_last(row);
        bool allowed = move->is_resumed
                               ? (BIT(last->state) & RESUMED_FROM) != 0
                               : (size_t)move->to < ARRAY_SIZE(follows) && (BIT(last->state) & follows[move->to]) != 0;
        bool is_answer = move->to == MET || move->to == NO_SHOW || move->to == TAKEN || move->to == NOT_TAKEN;
        char day[DAY_WORDING_SIZE];
        if (allowed && (move->is_resumed || !is_answer || proposal_was_sent(row)))
                return true;
        day_wording(day_of(last->happened_on), day);
        return refuse(ret, WRONG_STATE, "proposal_id",
                      "Cette proposition est « %s » depuis le %s : relisez-la ; si cette étape est fausse, elle se "
                      "corrige.",
                      proposal_state_word(last->state), day);
}

bool proposal_may_move(const Tracking__ProposalRow *row, const struct proposal_move *move, struct refusal *ret)
{
        return has_room(row, ret) && state_allows(row, move, ret) && days_are_sound(move, proposal_last(row), ret);
}

/* What takes its place must be able to follow the step before, or be that state again: "nothing happened since". */
bool proposal_may_correct(const Tracking__ProposalRow *row, const struct proposal_move *move, struct refusal *ret)
{
        const Tracking__ProposalStep *before = proposal_step_before(row);
        bool is_first = before == NULL && move->to == PROPOSED;
        bool follows_it = before != NULL && move->to != PLACED && move->to != EXPIRED && move->to != SENT &&
                          (size_t)move->to < ARRAY_SIZE(follows) && (BIT(before->state) & follows[move->to]) != 0;
        bool is_same = before != NULL && move->to == before->state;
        bool was_sent_then = proposal_last(row)->state == SENT && move->to == SENT;
        if (!has_room(row, ret))
                return false;
        if (!is_first && !follows_it && !is_same && !was_sent_then)
                return refuse(ret, INVALID, "state",
                              before == NULL ? "Seule la première étape est là : corrigez-en le jour, ou retirez la "
                                               "proposition."
                                             : "« %s » ne suit pas « %s », l'étape d'avant : choisissez ce qui s'est "
                                               "vraiment passé.",
                              proposal_state_word(move->to), before == NULL ? "" : proposal_state_word(before->state));
        return days_are_sound(move, before, ret);
}
