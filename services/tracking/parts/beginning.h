/* beginning.h: the move of a part begins, whoever asks for it. For handlers. */
#ifndef SERVICES_TRACKING_PARTS_BEGINNING_H
#define SERVICES_TRACKING_PARTS_BEGINNING_H

#include "common/service/work.h"
#include "tracking/parts.pb-c.h"

enum { PARTS_AT_ONCE = 16, PART_BUCKETS_MAX = 4096 };

/* May it move there now? A part that is on its way already, or crosses one that is, does not. */
bool part_may_move(const struct work *work, const Tracking__PartChoice *choice, uint32_t to_partition,
                   struct refusal *ret) ATTR_MUST_CHECK;
/* Records that it begins. Its id. */
struct id part_begin(struct work *work, const Tracking__PartChoice *choice, uint32_t to_partition);

/* Security: whether the one who asks is the tracking process that has made the part's id. */
bool part_sender_asks(const struct work *work, const Types__Id *part_id, struct refusal *ret) ATTR_MUST_CHECK;

#endif
