/* surroundings.h: what stands around a month's hours in this store, and what the dated rules say of them (checks.h):
 * the month before, the person's other placements in the same month and those around it, invoices of the same
 * structure, and, of a figure that a minor may not work, how old she is. Reads rows, records nothing.
 *
 * Security: of the person's other work only what the one who acts may read is counted, and only watchers are told of
 * it: a company learns nothing of another's staff, nobody of a private contract that is not hers. Whether the average
 * of all her work is over the law is told to watchers of one department of her work in another, without a figure. */
#ifndef SERVICES_TRACKING_HOURS_SURROUNDINGS_H
#define SERVICES_TRACKING_HOURS_SURROUNDINGS_H

#include "common/service/work.h"
#include "services/tracking/hours/checks.h"
#include "services/tracking/placements/coverage.h"

/* Those in force for a month. */
const Tracking__HoursVersion *hours_rules(const struct work *work, struct month month);

/* What is said of this figure: worked and in training. */
struct figure {
        struct id id;
        const struct placement *placement;
        struct month month;
        int64_t stated;
};
void hours_look(const struct work *work, const struct figure *figure, struct findings *ret);

/* Of the placement's days in the month those on which its hours count. For watchers alone. */
struct covered {
        struct period periods[COVERED_MAX];
        size_t count;
        bool is_all; /* every day of the placement in that month */
};
struct covered hours_covered(const struct work *work, const struct placement *placement, struct month month);
/* "éligible du … au …", "non éligible"; "": on all days. */
char *hours_covered_told(const struct covered *covered, struct arena *arena);

/* What stands of the month before; -1: nothing. */
int64_t hours_of_month_before(const struct work *work, struct id id, struct month month);

#endif
