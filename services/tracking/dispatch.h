/* dispatch.h: the tracking daemon as data: who may ask what of it, whose events it takes in, what service_main() is
 * given. */
#ifndef SERVICES_TRACKING_DISPATCH_H
#define SERVICES_TRACKING_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec tracking_spec;

#endif
