/* noting.h: what the commands of the room have in common: whose thing it is, what is said of her in words sealed with
 * her key, and how much there may be of it. Called by the handlers. What is returned lives in the work's arena. */
#ifndef SERVICES_TRACKING_FOLLOWUP_NOTING_H
#define SERVICES_TRACKING_FOLLOWUP_NOTING_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"
#include "tracking/followup.pb-c.h"

/* Is this placement hers? An id that is absent names none, and is sound; then *ret is not set. */
bool noting_is_hers(const struct work *work, struct id beneficiary, const Types__Id *placement, struct placement *ret,
                    struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* May who asks see what hangs on this placement? Of none, yes. */
bool noting_may_be_seen(const struct work *work, const Types__Id *placement);
/* Is there room for another contact, action, text? */
bool noting_has_room(const struct work *work, struct id beneficiary, struct refusal *ret) ATTR_MUST_CHECK;

/* What is said, NULL or "" what is not: nothing is sealed where nothing is. By who acts, now. Errors: those of
 * work_seal(). */
struct said {
        char *text, *correction, *reason_code;
};
int noting_seal(struct work *work, struct id beneficiary, const struct said *said,
                struct slice *ret_sealed) ATTR_MUST_CHECK;

const Tracking__FollowUpVersion *noting_rules(const struct work *work);

#endif
