/* dispatch.h: the gateway as data: its tables, its three messages and who may send them, its settings and its hooks.
 * For main.c and the tests. */
#ifndef SERVICES_GATEWAY_DISPATCH_H
#define SERVICES_GATEWAY_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec gateway_spec;

#endif
