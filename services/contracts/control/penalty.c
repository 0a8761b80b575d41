#include "services/contracts/control/penalty.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/codec/types.h"
#include "services/contracts/control/rules.h"

__extension__ typedef __int128 wide;

enum { HUNDREDTHS = 100, MILLIONTHS = 1000000 };

/* Ten thousand billion euros: sums of a few cannot overflow. */
#define AMOUNT_MAX_CENTS INT64_C(1000000000000000)

bool ground_is_about_hours(Contracts__CaseGround ground)
{
        return ground == CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS ||
               ground == CONTRACTS__CASE_GROUND__HOURS_NOT_DONE;
}

static bool too_much(struct refusal *ret_refusal)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                      "Le montant dépasse ce qui peut s'écrire : vérifiez les heures et la formule de la clause.");
}

static bool to_money(wide cents, struct money *ret, struct refusal *ret_refusal)
{
        if (cents > AMOUNT_MAX_CENTS)
                return too_much(ret_refusal);
        *ret = money_of_cents((int64_t)cents);
        return true;
}

/* ---- what is counted: "4 × 30 € (plafond horaire…)", "200 €" */

static char *rate_told(const Contracts__HoursPenalty *hours, const Contracts__ReferenceRate *rate,
                       const Contracts__RateValue *value, struct arena *arena)
{
        char multiple[QUANTITY_TEXT_SIZE];
        decimal_format(decimal_of(hours->multiple), multiple);
        char *point = strchr(multiple, '.');
        if (point != NULL) /* "4.0" is "4", "1.5" is "1,5" */
                *point = strcmp(point, ".0") == 0 ? '\0' : ',';
        return value == NULL ? arena_printf(arena, "%s × %s", multiple, rate == NULL ? hours->rate : rate->label)
                             : arena_printf(arena, "%s × %s (%s au %s)", multiple,
                                            french_money(arena, money_of(value->per_hour)), rate->label,
                                            french_day(arena, day_of(value->from)));
}

static bool of_hours(const struct penalty_facts *facts, struct arena *arena, struct penalty *ret,
                     struct refusal *ret_refusal)
{
        const Contracts__HoursPenalty *hours = facts->plan->missing_hours;

        if (hours == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                              "La clause ne prévoit pas de pénalité pour les heures non réalisées : proposez un plan "
                              "de rattrapage, ou de renoncer.");
        if (facts->ground == CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS && !hours->before_end)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                              "La clause ne prévoit de pénalité qu'à la fin du contrat : proposez un plan de "
                              "rattrapage, ou de renoncer.");
        require(hours_hundredths(facts->missing) >= 0);
        wide cents;
        char *each;
        if (hours->per_hour != NULL) {
                cents = (wide)hours_hundredths(facts->missing) * hours->per_hour->cents / HUNDREDTHS;
                each = french_money(arena, money_of(hours->per_hour));
        } else {
                const Contracts__ReferenceRate *rate = control_rate(facts->rules, hours->rate);
                if (rate == NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                                      "Le taux « %.40s » de la clause n'est plus dans les règles de contrôle : "
                                      "remettez-le dans control.json.",
                                      hours->rate);
                const Contracts__RateValue *value = control_rate_on(rate, facts->served_on);
                cents = (wide)hours_hundredths(facts->missing) * value->per_hour->cents * hours->multiple->millionths /
                        ((wide)HUNDREDTHS * MILLIONTHS);
                each = rate_told(hours, rate, value, arena);
        }
        if (!to_money(cents, &ret->computed, ret_refusal))
                return false;
        ret->hours = facts->missing;
        ret->formula = arena_printf(arena, "%s × %s = %s", french_hours(arena, facts->missing), each,
                                    french_money(arena, ret->computed));
        return true;
}

static bool of_days(const struct penalty_facts *facts, struct arena *arena, struct penalty *ret,
                    struct refusal *ret_refusal)
{
        const Contracts__ControlPlan *plan = facts->plan;
        if (money_cents(money_of(plan->per_day_late)) == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                              "La clause ne prévoit pas de pénalité de retard : proposez un plan de rattrapage, ou de "
                              "renoncer.");
        bool from_notice = plan->lateness_from == CONTRACTS__LATENESS_START__FROM_FORMAL_NOTICE;
        struct day from = from_notice ? facts->served_on : facts->due_on;
        int32_t days = day_number(facts->until) - day_number(from);
        ret->days = days > 0 ? (uint32_t)days : 0;
        if (!to_money((wide)plan->per_day_late->cents * ret->days, &ret->computed, ret_refusal))
                return false;
        ret->formula =
                arena_printf(arena, "%s de retard depuis %s du %s × %s = %s", french_count(arena, ret->days, "jour"),
                             from_notice ? "la mise en demeure" : "l'échéance", french_day(arena, from),
                             french_money(arena, money_of(plan->per_day_late)), french_money(arena, ret->computed));
        return true;
}

static void hold_to_cap(const struct penalty_facts *facts, struct arena *arena, struct penalty *penalty)
{
        const Contracts__ControlPlan *plan = facts->plan;
        if (plan->cap == NULL)
                return;
        int64_t left = plan->cap->cents - money_cents(facts->decided);
        if (left < 0)
                left = 0;
        if (money_cents(penalty->computed) <= left)
                return;
        penalty->computed = money_of_cents(left);
        penalty->capped = true;
        penalty->formula =
                arena_printf(arena, "%s, ramené à %s par le plafond de %s", penalty->formula,
                             french_money(arena, penalty->computed), french_money(arena, money_of(plan->cap)));
}

bool penalty_compute(const struct penalty_facts *facts, struct arena *arena, struct penalty *ret,
                     struct refusal *ret_refusal)
{
        struct penalty penalty = {.capped = false};

        if (facts->ground == CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                        "La clause ne prévoit pas de pénalité pour un engagement de l'offre : proposez un plan de "
                        "rattrapage, ou de renoncer.");
        if (ground_is_about_hours(facts->ground) ? !of_hours(facts, arena, &penalty, ret_refusal)
                                                 : !of_days(facts, arena, &penalty, ret_refusal))
                return false;
        hold_to_cap(facts, arena, &penalty);
        *ret = penalty;
        return true;
}

char *penalty_told(const Contracts__ControlPlan *plan, const Contracts__ControlRulesVersion *rules,
                   Contracts__CaseGround ground, struct arena *arena)
{
        const Contracts__HoursPenalty *hours = plan->missing_hours;
        if (ground == CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT)
                return arena_text(arena, "aucune pénalité n'est prévue pour un engagement de l'offre");
        if (!ground_is_about_hours(ground))
                return money_cents(money_of(plan->per_day_late)) == 0
                               ? arena_text(arena, "aucune pénalité de retard n'est prévue")
                               : arena_printf(arena, "%s par jour de retard",
                                              french_money(arena, money_of(plan->per_day_late)));
        if (hours == NULL)
                return arena_text(arena, "aucune pénalité n'est prévue pour les heures non réalisées");
        return arena_printf(arena, "%s par heure non réalisée",
                            hours->per_hour != NULL ? french_money(arena, money_of(hours->per_hour))
                                                    : rate_told(hours, control_rate(rules, hours->rate), NULL, arena));
}
