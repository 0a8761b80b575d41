/* copies.h: what a gateway keeps of accounts' events, whatever order of kinds they come in. For dispatch.c. */
#ifndef SERVICES_GATEWAY_VISITORS_COPIES_H
#define SERVICES_GATEWAY_VISITORS_COPIES_H

#include "common/service/spec.h"

void copy_from_accounts(struct txn *txn, struct arena *arena, const struct event *event);

#endif
