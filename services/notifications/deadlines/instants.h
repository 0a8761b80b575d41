/* instants.h: the instants of a wait, in their order: it is shown, told to be near, told to be late, dropped. Pure. */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_INSTANTS_H
#define SERVICES_NOTIFICATIONS_DEADLINES_INSTANTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/attr.h"
#include "notifications/deadlines.pb-c.h"

/* The first instant behind what has come to pass. False: there is none. */
bool instants_next(const Notifications__Wait *wait, Notifications__WaitStep step, int64_t *ret_ms) ATTR_MUST_CHECK;

/* What has come to pass by then, all of it at once: a clock that jumped over two instants tells one of them. */
Notifications__WaitStep instants_reached(const Notifications__Wait *wait, Notifications__WaitStep step, int64_t now_ms);

/* Where it begins when its cause becomes known. What should have been told before: `told_from_ms` or later is told at
 * once, which is left to the job that does so; what is older is not told any more. */
Notifications__WaitStep instants_begin(const Notifications__Wait *wait, int64_t now_ms, int64_t told_from_ms);

bool instants_equal(const Notifications__Wait *one, const Notifications__Wait *other);

#endif
