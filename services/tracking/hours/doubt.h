/* doubt.h: hours that somebody had vouched for, in a month whose days are others now: where they do not hold them any
 * more, they are to be checked, and count until a facilitator decides anew (decision 0053). Called by what ends a
 * placement and by what changes its dates. */
#ifndef SERVICES_TRACKING_HOURS_DOUBT_H
#define SERVICES_TRACKING_HOURS_DOUBT_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"
#include "tracking/events.pb-c.h"

struct doubt {
        struct id id;
        const struct placement *after; /* as it is now */
        struct month month;
        Tracking__CheckCause cause;
};
/* Emits HoursSetToCheck, or nothing. */
void hours_doubt(struct work *work, const struct doubt *doubt);

#endif
