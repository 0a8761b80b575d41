#include "services/contracts/control/kept_penalties.h"

#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

const Contracts__KeptPenalties *kept_penalties_of(const Contracts__ContractFile *file, uint32_t lot)
{
        for (size_t i = 0; file != NULL && i < file->n_kept_penalties; i++)
                if (file->kept_penalties[i]->lot == lot)
                        return file->kept_penalties[i];
        return NULL;
}

static int64_t cents_of(const Types__Money *money)
{
        return money_cents(money_of(money));
}

static bool same_per_hour(const Contracts__KeptPenalties *kept, const Contracts__HoursPenalty *hours)
{
        if (hours == NULL || hours->per_hour == NULL)
                return kept->per_hour == NULL && hours == NULL;
        return cents_of(kept->per_hour) == cents_of(hours->per_hour);
}

static const char *told(const Types__Money *money, const char *unit, struct arena *arena)
{
        if (cents_of(money) == 0)
                return arena_printf(arena, "aucune pénalité par %s", unit);
        return arena_printf(arena, "%s par %s", french_money(arena, money_of(money)), unit);
}

static char *kept_told(const Contracts__KeptPenalties *kept, struct arena *arena)
{
        return arena_printf(arena, "Le CCAP remis à l'acheteur (version %u, le %s) prévoit %s et %s", kept->number,
                            french_day(arena, day_of(kept->kept_on)), told(kept->per_hour, "heure non réalisée", arena),
                            told(kept->per_day, "jour de retard", arena));
}

static bool refuse_other(const Contracts__KeptPenalties *kept, const char *field, struct arena *arena,
                         struct refusal *ret_refusal)
{
        return refuse(
                ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                "%s : le plan ne peut pas en prévoir d'autres. Laissez vide pour les reprendre, ou remettez d'abord "
                "une nouvelle version.",
                kept_told(kept, arena));
}

bool kept_penalties_take(const Contracts__KeptPenalties *kept, const Contracts__ControlPlan *asked,
                         Contracts__ControlPlan *plan, struct arena *arena, struct refusal *ret_refusal)
{
        bool asks_hours = asked != NULL && asked->missing_hours != NULL;
        if (asks_hours && !same_per_hour(kept, asked->missing_hours))
                return refuse_other(kept, "plan.missing_hours", arena, ret_refusal);
        if (asked != NULL && asked->per_day_late != NULL && cents_of(asked->per_day_late) != cents_of(kept->per_day))
                return refuse_other(kept, "plan.per_day_late", arena, ret_refusal);
        plan->per_day_late = kept->per_day;
        if (asks_hours)
                return true;
        plan->missing_hours = NULL;
        if (kept->per_hour != NULL) {
                plan->missing_hours = pb_new(&contracts__hours_penalty__descriptor, arena);
                plan->missing_hours->per_hour = kept->per_hour;
        }
        return true;
}

char *kept_penalties_differ(const Contracts__KeptPenalties *kept, const Contracts__ControlPlan *plan,
                            struct arena *arena)
{
        if (same_per_hour(kept, plan->missing_hours) && cents_of(kept->per_day) == cents_of(plan->per_day_late))
                return NULL;
        return arena_printf(arena, "%s ; le plan de contrôle en prévoit d'autres : accordez-les.",
                            kept_told(kept, arena));
}
