/* dispatch.h: who may ask what of the tracking daemon, and whose events it takes in. Tables only: see dispatch.c. */
#ifndef SERVICES_TRACKING_DISPATCH_H
#define SERVICES_TRACKING_DISPATCH_H

#include "common/service/spec.h"

enum { TRACKING_DISPATCH_COUNT = 13, TRACKING_SUBSCRIPTION_COUNT = 2 };

extern const struct dispatch_row tracking_dispatch[TRACKING_DISPATCH_COUNT];
extern const struct subscription tracking_subscriptions[TRACKING_SUBSCRIPTION_COUNT];

#endif
