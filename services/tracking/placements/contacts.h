/* contacts.h: tutor and referent of a placement, sealed with a key of the placement's own: they are other persons than
 * the one who is placed. Called by handlers; errors are those of work_seal() and work_unseal(). */
#ifndef SERVICES_TRACKING_PLACEMENTS_CONTACTS_H
#define SERVICES_TRACKING_PLACEMENTS_CONTACTS_H

#include "common/service/work.h"
#include "tracking/state.pb-c.h"

/* In the arena. The placement's key must be there (work_make_key()). */
int contacts_seal(struct work *work, struct id placement, const Tracking__PlacementContacts *contacts,
                  struct slice *ret_sealed) ATTR_MUST_CHECK;

/* NULL: their key is destroyed, or does not hold. */
const Tracking__PlacementContacts *contacts_of(const struct work *work, struct id placement,
                                               const Tracking__PlacementFile *file);

#endif
