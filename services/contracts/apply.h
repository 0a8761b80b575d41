/* apply.h: what changes when it happened. The only writer of TABLE_STATE rows, now and at every replay; it knows
 * nothing but the event and the rows, so that replaying the log gives the same bytes. Nothing here can be refused:
 * whoever records an event has checked that it fits. After an operating failure of the transaction rows are not found
 * and nothing is written; the runtime then throws the transaction away. */
#ifndef SERVICES_CONTRACTS_APPLY_H
#define SERVICES_CONTRACTS_APPLY_H

#include "common/service/work.h"

void contracts_apply(struct txn *txn, struct arena *arena, const struct event *event);

#endif
