#include "services/tracking/placements/coverage.h"

#include "services/tracking/rules/wording.h"

bool placement_is_covered(const struct placement *placement, const struct period *periods, size_t count,
                          struct day first, struct day last)
{
        if (day_number(first) <= day_number(placement->granted_until))
                return true;
        return day_number(first) <= day_number(placement->eligible_until) &&
               periods_meeting(periods, count, first, last) != NULL;
}

/* The first period that begins behind that day; NULL: none. */
static const struct period *period_behind(const struct period *periods, size_t count, struct day day)
{
        for (size_t i = 0; i < count; i++)
                if (day_number(periods[i].from) > day_number(day))
                        return &periods[i];
        return NULL;
}

void coverage_refuse(const struct placement *placement, const struct period *periods, size_t count, struct day first,
                     struct refusal *ret)
{
        char month[MONTH_WORDING_SIZE], day[DAY_WORDING_SIZE];
        const struct period *behind = period_behind(periods, count, first);
        month_wording(month_of_day(first), month);
        if (behind != NULL) {
                day_wording(behind->from, day);
                (void)refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "month",
                             "Les heures de %s sont faites avant le premier jour d'éligibilité (%s) : elles ne "
                             "comptent pas, "
                             "sauf décision rétroactive motivée.",
                             month, day);
                return;
        }
        day_wording(placement->eligible_until, day);
        (void)refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "month",
                     "La personne n'était pas éligible en %s (éligible jusqu'au %s) : ces heures ne comptent pas, sauf "
                     "à prolonger d'abord son éligibilité, ou à mettre fin à sa suspension.",
                     month, day);
}
