/* tracking.h: the tracking daemon as data: what service_main() is given. */
#ifndef SERVICES_TRACKING_TRACKING_H
#define SERVICES_TRACKING_TRACKING_H

#include "common/service/spec.h"

extern const struct service_spec tracking_spec;

#endif
