/* counted.h: the end of a placement as it was counted, for who counts ends: one that is continued counts as none. */
#ifndef SERVICES_TRACKING_OPENINGS_COUNTED_H
#define SERVICES_TRACKING_OPENINGS_COUNTED_H

#include "common/service/work.h"
#include "tracking/continuations.pb-c.h"

/* NULL: there is no such placement (`id` may be NULL), or it has not ended. */
Tracking__CountedEnd *counted_end(const struct work *work, const Types__Id *id);

#endif
