/* reference.h: what an employer calls a person whom it employs. Sealed with her key; opened for that employer and the
 * facilitators of the placement alone. */
#ifndef SERVICES_TRACKING_PLACEMENTS_REFERENCE_H
#define SERVICES_TRACKING_PLACEMENTS_REFERENCE_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"

/* Security: who employs her by this placement. */
bool reference_is_given_by(const Wire__Passport *actor, const struct placement *placement);
/* In the arena; "": there is none, or it is not the actor's to read. */
char *reference_shown(const struct work *work, struct id id, const struct placement *placement);
/* The same to whoever has the right to all of her file. */
char *reference_of(const struct work *work, struct id id, const struct placement *placement);

#endif
