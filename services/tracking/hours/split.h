/* split.h: a month's hours over several placements of one work contract: by a key or by hours, to the hundredth, so
 * that
 * their sum is what was worked. The arithmetic is pure; the bound reads the row of the month. */
#ifndef SERVICES_TRACKING_HOURS_SPLIT_H
#define SERVICES_TRACKING_HOURS_SPLIT_H

#include "common/service/work.h"
#include "tracking/hours.pb-c.h"

enum { SPLIT_PARTS_MAX = 8 };

/* Hundredths of each part, in their order: shares by the largest remainder, of equal ones the first. False with *ret:
 * shares that are not 1 together, hours that are not all, or both kinds. */
bool split_hours(const Tracking__SplitHours *command, int64_t ret_parts[SPLIT_PARTS_MAX],
                 struct refusal *ret) ATTR_MUST_CHECK;

/* May the placement's month stand at this figure: of one that is split, not above its part. */
bool split_allows(const struct work *work, struct id placement, struct month month, int64_t hundredths,
                  struct refusal *ret) ATTR_MUST_CHECK;

#endif
