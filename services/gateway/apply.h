/* apply.h: what changes in the tables when something has happened to an account: the only place where they change. */
#ifndef SERVICES_GATEWAY_APPLY_H
#define SERVICES_GATEWAY_APPLY_H

#include "common/service/work.h"

void gateway_apply(struct txn *txn, struct arena *arena, const struct event *event);

#endif
