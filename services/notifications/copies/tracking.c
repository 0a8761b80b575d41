/* Of tracking: which placements are under a private contract. */
#include "services/notifications/copies/copies.h"
#include "services/notifications/store.h"
#include "tracking/events.pb-c.h"

void copy_from_tracking(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Tracking__Event *body = event->body;
        (void)arena;
        if (body->body_case == TRACKING__EVENT__BODY_PLACEMENT_OPENED && body->placement_opened->is_private)
                store_set_private_placement(txn, id_of(body->placement_opened->placement_id), true);
        else if (body->body_case == TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED)
                store_set_private_placement(txn, id_of(body->placement_reclassified->placement_id),
                                            body->placement_reclassified->is_private);
}
