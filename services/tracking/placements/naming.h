/* naming.h: the rules of who accompanies a person at work: who may name a tutor or a referent, from which day, and who
 * it is on a day. Pure: rows and words in, answers out; names are sealed elsewhere (contacts.h). */
#ifndef SERVICES_TRACKING_PLACEMENTS_NAMING_H
#define SERVICES_TRACKING_PLACEMENTS_NAMING_H

#include "common/base/day.h"
#include "common/codec/passport.h"
#include "common/codec/refusal.h"
#include "services/tracking/placements/placement.h"
#include "tracking/state.pb-c.h"

enum { NAMINGS_MAX = 40 }; /* of a placement: another one every month for three years */

/* The naming that holds on that day: of those that began by then the last one, of several of a day the newest. NULL:
 * whom the opening or an amendment named goes on. */
const Tracking__NamingRow *naming_on(const Tracking__PlacementFile *file, Tracking__Professional professional,
                                     struct day day);
const Tracking__NamingRow *naming_find(const Tracking__PlacementFile *file, struct id naming);

struct naming {
        Tracking__Professional professional;
        const char *name, *function;
        const Types__Day *since;
};
bool naming_may_be_made(const struct naming *naming, const struct placement *placement,
                        const Tracking__PlacementFile *file, struct refusal *ret) ATTR_MUST_CHECK;
/* Security: an organisation takes back what it named itself. NOT_FOUND, WRONG_STATE. */
bool naming_may_be_withdrawn(const Tracking__NamingRow *row, const Wire__Passport *actor,
                             struct refusal *ret) ATTR_MUST_CHECK;

#endif
