/* sharings.h: what others have been told of a person, each with its basis and purpose as the dated rules have them
 * (deploy/rules/privacy.json): the prescriber, employers and hosts, the accounts that opened her file, the figures.
 * What is listed lives in the work's arena. No name in it. */
#ifndef SERVICES_TRACKING_PRIVACY_SHARINGS_H
#define SERVICES_TRACKING_PRIVACY_SHARINGS_H

#include "common/service/work.h"
#include "services/tracking/privacy/erasure.h"
#include "tracking/commands.pb-c.h"
#include "tracking/state.pb-c.h"

struct sharings {
        Tracking__Sharing **rows;
        size_t count;
};
/* Each recipient once for each kind of sharing, since the first time. */
struct sharings sharings_of(const struct work *work, struct id beneficiary, const struct erased_things *things);

#endif
