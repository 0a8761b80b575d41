/* view.h: a placement as it is shown: what was recorded when it opened, with its months and its end. Never the
 * criterion of eligibility, only its last day. Called by the queries; all in the work's arena. */
#ifndef SERVICES_TRACKING_PAGE_VIEW_H
#define SERVICES_TRACKING_PAGE_VIEW_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"
#include "tracking/queries.pb-c.h"

Tracking__PlacementView *view_of_placement(const struct work *work, struct id id, const struct placement *placement);

#endif
