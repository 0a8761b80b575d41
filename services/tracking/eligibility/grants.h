/* grants.h: what a decision, a suspension or a correction changes for the placements of a person: until when their
 * hours count, and which months nothing covers any more. Reads rows and rules; records nothing. All in the work's
 * arena. */
#ifndef SERVICES_TRACKING_ELIGIBILITY_GRANTS_H
#define SERVICES_TRACKING_ELIGIBILITY_GRANTS_H

#include "common/service/work.h"
#include "services/tracking/persons/vouched.h"
#include "services/tracking/placements/placement.h"
#include "tracking/eligibility.pb-c.h"

struct grants {
        struct vouched vouched;          /* of the person, by all of her files, as they will be */
        Tracking__PlacementGrant **rows; /* of the placements for which that changes something */
        size_t count;
};

/* `row`: as it will be. */
void grants_of(const struct work *work, struct id beneficiary, const Tracking__EligibilityRow *row, struct grants *ret);
Types__Day *grants_last_day(const struct grants *grants, struct arena *arena); /* NULL: not eligible at all */

/* The placement as an event with these grants leaves it. */
void grants_refresh(struct placement *placement, const Tracking__PlacementGrant *grant, const struct period *periods,
                    size_t count);

enum { TO_CHECK_MAX = 120 }; /* months that are told; the rest is told once these are settled */
struct to_check {
        Tracking__MonthToCheck **rows;
        size_t count;
};
/* Months with hours that nothing covers; with `grants` as it will be, without (NULL) as it is. */
struct to_check grants_to_check(const struct work *work, struct id beneficiary, const struct grants *grants);

#endif
