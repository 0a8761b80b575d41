#include "services/tracking/eligibility/policy.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/rules/wording.h"

#define INVALID_FIELD TYPES__REFUSAL_CODE__INVALID_FIELD
#define WRONG_STATE   TYPES__REFUSAL_CODE__WRONG_STATE

bool policy_text_is_sound(const char *text, const char *field, struct refusal *ret)
{
        if (text_holds_nir(text))
                return refuse(ret, INVALID_FIELD, field,
                              "Retirez le numéro de sécurité sociale de ce texte : il ne doit pas être conservé.");
        return true;
}

const Tracking__EligibilityReason *policy_reason(Tracking__EligibilityReason *const *reasons, size_t count,
                                                 const char *code)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(reasons[i]->code, code) == 0)
                        return reasons[i];
        return NULL;
}

/* ---- the days of a decision */

static bool proof_is_before(const struct deciding_days *days, struct refusal *ret)
{
        char decided[DAY_WORDING_SIZE];
        day_wording(days->decided_on, decided);
        if (days->proof_dated != NULL && days->proof_dated->days > day_number(days->decided_on))
                return refuse(ret, INVALID_FIELD, "proof_dated",
                              "Ce justificatif est daté d'après la décision (%s) : vérifiez l'une ou l'autre date.",
                              decided);
        if (days->proof_seen != NULL && days->proof_seen->days > day_number(days->decided_on))
                return refuse(ret, INVALID_FIELD, "proof_id",
                              "Ce justificatif a été vu après la décision (%s) : indiquez le jour réel de la décision.",
                              decided);
        return true;
}

/* Hours done before the decision count only where a motivated decision says so. A refusal takes nothing from that. */
static bool is_motivated(const Tracking__EligibilityVersion *policy, const struct deciding_days *days,
                         struct refusal *ret)
{
        char from[DAY_WORDING_SIZE], decided[DAY_WORDING_SIZE], first[DAY_WORDING_SIZE];
        if (!days->eligible || day_number(days->valid_from) >= day_number(days->decided_on))
                return true;
        struct day earliest = day_add_months(days->decided_on, -(int)policy->retroactive->months_max);
        day_wording(days->valid_from, from);
        day_wording(days->decided_on, decided);
        day_wording(earliest, first);
        if (text_is_empty(days->retroactive_reason))
                return refuse(
                        ret, INVALID_FIELD, "retroactive_reason",
                        "Le premier jour (%s) précède la décision (%s) : les heures faites avant elle ne comptent "
                        "pas. Indiquez le jour réel de la décision, ou motivez qu'elle soit rétroactive.",
                        from, decided);
        if (day_number(days->valid_from) < day_number(earliest))
                return refuse(
                        ret, INVALID_FIELD, "valid_from",
                        "Une décision rétroactive remonte à %u mois au plus : choisissez un premier jour à partir "
                        "du %s.",
                        policy->retroactive->months_max, first);
        return true;
}

bool policy_days_hold(const Tracking__EligibilityVersion *policy, const struct deciding_days *days, struct refusal *ret)
{
        return proof_is_before(days, ret) && is_motivated(policy, days, ret);
}

/* ---- extension */

/* The decision whose last day is that of the period. */
static const Tracking__DecisionRow *last_of(const Tracking__EligibilityRow *row, const struct period *period)
{
        for (size_t i = row->n_decisions; i > 0; i--) {
                const Tracking__DecisionRow *decision = row->decisions[i - 1];
                if (decision->state == TRACKING__DECISION_STATE__DECISION_STANDS && decision->eligible &&
                    decision->valid_until->days == day_number(period->until))
                        return decision;
        }
        return NULL;
}

static uint32_t extensions_of(const Tracking__EligibilityRow *row, const struct period *period)
{
        uint32_t count = 0;
        for (size_t i = 0; i < row->n_decisions; i++) {
                const Tracking__DecisionRow *decision = row->decisions[i];
                count += decision->state == TRACKING__DECISION_STATE__DECISION_STANDS && decision->is_extension &&
                         decision->valid_from->days >= day_number(period->from) &&
                         decision->valid_until->days <= day_number(period->until);
        }
        return count;
}

const Tracking__DecisionRow *policy_extend(const Tracking__EligibilityVersion *policy,
                                           const struct extending *extending, struct day *ret_from,
                                           struct day *ret_until, struct refusal *ret)
{
        const struct period *period = periods_meeting(extending->periods, extending->period_count,
                                                      extending->decided_on, extending->decided_on);
        const Tracking__DecisionRow *last = period == NULL ? NULL : last_of(extending->row, period);
        const Tracking__ExtensionRule *rule = policy->extension;
        char day[DAY_WORDING_SIZE];
        day_wording(extending->decided_on, day);
        if (period == NULL || period->cut || last == NULL) {
                (void)refuse(ret, WRONG_STATE, "decided_on",
                             "La personne n'est pas éligible sans interruption le %s : il n'y a rien à prolonger, une "
                             "nouvelle décision est nécessaire.",
                             day);
                return NULL;
        }
        if (extending->months > rule->months_max) {
                (void)refuse(ret, INVALID_FIELD, "months", "Une prolongation est de %u mois au plus.",
                             rule->months_max);
                return NULL;
        }
        if (extensions_of(extending->row, period) >= rule->times_max) {
                (void)refuse(ret, WRONG_STATE, "months",
                             "Cette éligibilité a déjà été prolongée %u fois : une nouvelle décision, sur un "
                             "justificatif du jour, est nécessaire.",
                             rule->times_max);
                return NULL;
        }
        *ret_from = day_of_number(day_number(period->until) + 1);
        *ret_until = day_of_number(day_number(day_add_months(*ret_from, (int)extending->months)) - 1);
        return last;
}

/* ---- suspension */

static bool overlaps(const Tracking__SuspensionRow *suspension, const Tracking__SuspendEligibility *command)
{
        if (suspension->taken_back)
                return false;
        return (command->suspended_until == NULL ||
                suspension->suspended_from->days <= command->suspended_until->days) &&
               (suspension->suspended_until == NULL ||
                suspension->suspended_until->days >= command->suspended_from->days);
}

bool policy_may_suspend(const Tracking__EligibilityRow *row, const Tracking__SuspendEligibility *command,
                        struct refusal *ret)
{
        struct period periods[DECISIONS_MAX + 1];
        size_t count = eligibility_periods(row, periods);
        char day[DAY_WORDING_SIZE];
        day_wording(day_of(command->suspended_from), day);
        if (command->suspended_until != NULL && command->suspended_until->days < command->suspended_from->days)
                return refuse(ret, INVALID_FIELD, "suspended_until",
                              "La suspension commence le %s : son dernier jour ne peut la précéder.", day);
        for (size_t i = 0; i < row->n_suspensions; i++)
                if (overlaps(row->suspensions[i], command))
                        return refuse(ret, WRONG_STATE, "suspended_from",
                                      "L'éligibilité est déjà suspendue à ces dates : mettez d'abord fin à cette "
                                      "suspension, ou choisissez d'autres jours.");
        if (count == 0 || day_number(periods[count - 1].until) < command->suspended_from->days)
                return refuse(ret, WRONG_STATE, "suspended_from",
                              "La personne n'est éligible à aucun jour à partir du %s : il n'y a rien à suspendre.",
                              day);
        return true;
}

bool policy_may_resume(const Tracking__EligibilityRow *row, const Tracking__ResumeEligibility *command,
                       struct refusal *ret)
{
        const Tracking__SuspensionRow *suspension = eligibility_suspension(row, id_of(command->suspension_id));
        char day[DAY_WORDING_SIZE];
        if (suspension == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "suspension_id",
                              "Cette suspension n'est pas au dossier : vérifiez son identifiant.");
        if (suspension->taken_back)
                return refuse(ret, WRONG_STATE, "suspension_id",
                              "Cette suspension a été annulée : il n'y a rien à faire.");
        if (suspension->suspended_until != NULL && command->resumed_on->days > suspension->suspended_until->days) {
                day_wording(day_of(suspension->suspended_until), day);
                return refuse(
                        ret, WRONG_STATE, "resumed_on",
                        "Cette suspension finit le %s : choisissez un jour jusque-là pour l'abréger, ou suspendez "
                        "à nouveau.",
                        day);
        }
        return true;
}
