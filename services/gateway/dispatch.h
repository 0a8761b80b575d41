/* dispatch.h: the gateway as data: its copies, whom it follows, its settings and its hooks. It takes no message of its
 * own: what comes by HTTP goes on to the daemon that owns it. For main.c and the tests. */
#ifndef SERVICES_GATEWAY_DISPATCH_H
#define SERVICES_GATEWAY_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec gateway_spec;

#endif
