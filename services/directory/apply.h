/* apply.h: the only place where the directory's rows change: from its own events, when they happen and at every replay.
 * Called by the runtime. */
#ifndef SERVICES_DIRECTORY_APPLY_H
#define SERVICES_DIRECTORY_APPLY_H

#include "common/service/work.h"

void directory_apply(struct txn *txn, struct arena *arena, const struct event *event);

#endif
