/* PlacementById: one placement with its months. Asked by the watchers of its territory, its employer, its host. */
#include "tracking/calls.h"
#include "services/tracking/handlers/scope.h"
#include "services/tracking/handlers/view.h"
#include "services/tracking/store.h"

struct reply handle_placement_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PlacementById *query = (const Tracking__PlacementById *)message;
        struct id id = id_of(query->placement_id);
        struct placement placement;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        return reply_ok(work, view_of_placement(work, id, &placement));
}
