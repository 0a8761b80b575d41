/* scope.h: whose data it is. What every handler of tracking asks about the one who acts, and the refusals they share.
 * Pure but for the reply that it allocates. */
#ifndef SERVICES_TRACKING_PLACEMENTS_SCOPE_H
#define SERVICES_TRACKING_PLACEMENTS_SCOPE_H

#include "common/service/work.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/placements/placement.h"

/* May it see this placement: the watchers of its territory, its employer, the company where it is done. */
bool scope_sees_placement(const Wire__Passport *actor, const struct placement *placement);
/* The same, and where it is under a private contract, only its partners, the coordinator and the facilitators of that
 * contract's territories. What lists and questions ask. */
bool scope_reads_placement(const struct work *work, const struct placement *placement);
/* May it state this placement's hours: the same without the onlookers (coordinator, auditor). Its partners are asked
 * first: they cost no row. */
bool scope_states_hours(const struct work *work, const struct placement *placement);
/* May it vouch for its hours and end it: a facilitator of its territory who reads its contract. */
bool scope_changes_placement(const struct work *work, const struct placement *placement);

struct reply reply_no_placement(struct work *work);

#endif
