/* apply.h: the only place where the rows of the notifications daemon change: from its own events, when they happen and
 * at every replay; so never by a clock or a setting. Called by the runtime. */
#ifndef SERVICES_NOTIFICATIONS_APPLY_H
#define SERVICES_NOTIFICATIONS_APPLY_H

#include "common/service/work.h"

void notifications_apply(struct txn *txn, struct arena *arena, const struct event *event);

#endif
