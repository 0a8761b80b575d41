#include "services/contracts/control/ceilings.h"

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/types.h"
#include "services/contracts/control/rules.h"

enum { MILLIONTHS = 1000000 };

static int64_t cents_per_hour(const struct ceilings_of *of)
{
        const Contracts__HoursPenalty *hours = of->plan->missing_hours;
        if (hours == NULL)
                return 0;
        if (hours->multiple == NULL)
                return money_cents(money_of(hours->per_hour));
        const Contracts__ReferenceRate *rate = control_rate(of->rules, hours->rate);
        return rate == NULL ? 0
                            : money_cents(money_of(control_rate_on(rate, of->today)->per_hour)) *
                                      hours->multiple->millionths / MILLIONTHS;
}

/* What there is, and what there may be at most; false: nothing to compare. */
static bool figures_of(const struct ceilings_of *of, const Contracts__PenaltyCeiling *ceiling, int64_t *ret_is,
                       int64_t *ret_most)
{
        int64_t amount = money_cents(money_of(of->amount));
        *ret_most = money_cents(money_of(ceiling->amount));
        switch ((int)ceiling->kind) {
        case CONTRACTS__CEILING_KIND__CEILING_PER_HOUR: *ret_is = cents_per_hour(of); return true;
        case CONTRACTS__CEILING_KIND__CEILING_PER_DAY:
                *ret_is = money_cents(money_of(of->plan->per_day_late));
                return true;
        case CONTRACTS__CEILING_KIND__CEILING_OF_ALL:
                *ret_is = money_cents(money_of(of->plan->cap));
                *ret_most = amount / MILLIONTHS * (int64_t)ceiling->share->millionths +
                            amount % MILLIONTHS * (int64_t)ceiling->share->millionths / MILLIONTHS;
                return amount > 0 && of->plan->cap != NULL;
        default: return false;
        }
}

static const char *name_of(const Contracts__PenaltyCeiling *ceiling)
{
        switch ((int)ceiling->kind) {
        case CONTRACTS__CEILING_KIND__CEILING_PER_HOUR: return "Pénalité par heure non réalisée";
        case CONTRACTS__CEILING_KIND__CEILING_PER_DAY: return "Pénalité par jour de retard";
        default: return "Plafond de toutes les pénalités";
        }
}

/* French; NULL: it does not go beyond. */
static char *beyond(const struct ceilings_of *of, const Contracts__PenaltyCeiling *ceiling, struct arena *arena)
{
        int64_t is, most;
        if (!figures_of(of, ceiling, &is, &most) || is <= most)
                return NULL;
        return arena_printf(arena, "%s : %s, au-delà de %s (%s).", name_of(ceiling),
                            french_money(arena, money_of_cents(is)), french_money(arena, money_of_cents(most)),
                            ceiling->source);
}

static const char *field_of(const Contracts__PenaltyCeiling *ceiling)
{
        switch ((int)ceiling->kind) {
        case CONTRACTS__CEILING_KIND__CEILING_PER_HOUR: return "plan.missing_hours";
        case CONTRACTS__CEILING_KIND__CEILING_PER_DAY: return "plan.per_day_late";
        default: return "plan.cap";
        }
}

bool ceilings_allow(const struct ceilings_of *of, struct arena *arena, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < of->rules->n_ceilings; i++) {
                const char *told = of->rules->ceilings[i]->refuses ? beyond(of, of->rules->ceilings[i], arena) : NULL;
                if (told != NULL)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field_of(of->rules->ceilings[i]),
                                      "%s Abaissez-la.", told);
        }
        return true;
}

static bool is_priced(const Contracts__ControlPlan *plan)
{
        return plan->missing_hours != NULL || plan->per_day_late != NULL;
}

void ceilings_doubt(const struct ceilings_of *of, struct to_confirm *list)
{
        for (size_t i = 0; i < of->rules->n_ceilings; i++) {
                const Contracts__PenaltyCeiling *ceiling = of->rules->ceilings[i];
                char *told = beyond(of, ceiling, list->arena);
                if (told != NULL)
                        to_confirm_add(list, arena_printf(list->arena, "%s Vérifiez-la dans le contrat signé.", told));
                else if (ceiling->kind == CONTRACTS__CEILING_KIND__CEILING_OF_ALL && of->plan->cap == NULL &&
                         is_priced(of->plan))
                        to_confirm_add(list, arena_printf(list->arena,
                                                          "Plafond de toutes les pénalités : le plan n'en dit aucun, "
                                                          "alors qu'il y en a un d'ordinaire (%s).",
                                                          ceiling->source));
        }
}
