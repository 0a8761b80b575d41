/* dispatch.h: the notifications daemon as data: its methods with who may ask for them, the daemons that it follows and
 * what it does with their events, its tables, settings and hooks. main.c runs it; tests open an engine on it. */
#ifndef SERVICES_NOTIFICATIONS_DISPATCH_H
#define SERVICES_NOTIFICATIONS_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec notifications_spec;

#endif
