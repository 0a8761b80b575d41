/* history.h: what happened to a placement's month, from the log: every figure, who said it, for whom, when and why.
 * The words are opened for whoever may read the placement; whose it is, the caller asks. All in the work's arena. */
#ifndef SERVICES_TRACKING_HOURS_HISTORY_H
#define SERVICES_TRACKING_HOURS_HISTORY_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"
#include "tracking/hours.pb-c.h"

/* Number of the newest event of the month, of what was taken back too; 0: nothing ever was stated. The one before each:
 * hours_event_before(). */
uint64_t hours_newest_event(const struct work *work, struct id placement_id, struct month month);

Tracking__HoursEntry *hours_entry(const struct work *work, const struct placement *placement, uint64_t number);

/* "" where no rules have the code. */
const char *hours_return_label(const struct work *work, const char *code);

#endif
