/* coverage.h: on which days the hours of a placement count, by what was decided on its person. Pure. */
#ifndef SERVICES_TRACKING_PLACEMENTS_COVERAGE_H
#define SERVICES_TRACKING_PLACEMENTS_COVERAGE_H

#include "services/tracking/placements/placement.h"

/* Is there a day from first to last, both days of the placement, on which its hours count: by its own grant, else by
 * any period of the person? */
bool placement_is_covered(const struct placement *placement, const struct period *periods, size_t count,
                          struct day first, struct day last);

/* All of the days of `within` on which they count, ascending, days that follow each other as one. Returns how many. */
enum { COVERED_MAX = 18 }; /* of a month there are no more */
size_t placement_covered(const struct placement *placement, const struct period *periods, size_t period_count,
                         struct period within, struct period ret[COVERED_MAX]);

/* Why none of those days counts, and what can be done: for facilitators, who may read it. */
void coverage_refuse(const struct placement *placement, const struct period *periods, size_t count, struct day first,
                     struct refusal *ret);

#endif
