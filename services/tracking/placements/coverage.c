#include "services/tracking/placements/coverage.h"

#include "services/tracking/rules/wording.h"

static size_t add_within(struct period *covered, size_t count, struct period within, struct day from, struct day until)
{
        struct period part = {.from = day_number(from) > day_number(within.from) ? from : within.from,
                              .until = day_number(until) < day_number(within.until) ? until : within.until};
        if (day_number(part.from) > day_number(part.until) || count + 1 >= COVERED_MAX)
                return count;
        return periods_grant(covered, count, part);
}

size_t placement_covered(const struct placement *placement, const struct period *periods, size_t period_count,
                         struct period within, struct period ret[COVERED_MAX])
{
        size_t count = 0;
        if (day_number(within.until) > day_number(placement->eligible_until))
                within.until = placement->eligible_until;
        count = add_within(ret, count, within, within.from, placement->granted_until);
        if (day_number(placement->again_from) != DAY_OPEN_NUMBER)
                count = add_within(ret, count, within, placement->again_from, placement->again_until);
        for (size_t i = 0; i < period_count; i++)
                count = add_within(ret, count, within, periods[i].from, periods[i].until);
        return count;
}

bool placement_is_covered(const struct placement *placement, const struct period *periods, size_t count,
                          struct day first, struct day last)
{
        struct period covered[COVERED_MAX];
        if (day_number(first) <= day_number(placement->granted_until))
                return true;
        return placement_covered(placement, periods, count, (struct period){first, last, false}, covered) > 0;
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
