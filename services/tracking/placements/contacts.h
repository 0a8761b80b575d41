/* contacts.h: tutor and referent of a placement, sealed with a key of the placement's own: they are other persons than
 * the one who is placed. Called by handlers; errors are those of work_seal() and work_unseal(). */
#ifndef SERVICES_TRACKING_PLACEMENTS_CONTACTS_H
#define SERVICES_TRACKING_PLACEMENTS_CONTACTS_H

#include "common/base/day.h"
#include "common/service/work.h"
#include "tracking/state.pb-c.h"

/* In the arena. The placement's key must be there (contacts_make_key()). */
int contacts_seal(struct work *work, struct id placement, const Tracking__PlacementContacts *contacts,
                  struct slice *ret_sealed) ATTR_MUST_CHECK;
int contacts_seal_named(struct work *work, struct id placement, const Tracking__NamedProfessional *named,
                        struct slice *ret_sealed) ATTR_MUST_CHECK;
/* For a placement of before they were sealed. */
void contacts_make_key(struct work *work, struct id placement, const Tracking__PlacementFile *file);

/* Those of that day, whoever named them; in the arena. NULL: their key is destroyed, or does not hold. */
const Tracking__PlacementContacts *contacts_on(const struct work *work, struct id placement,
                                               const Tracking__PlacementFile *file, struct day day);
/* All namings, oldest first. */
Tracking__NamingView **contacts_named(const struct work *work, struct id placement, const Tracking__PlacementFile *file,
                                      size_t *ret_count);

#endif
