/* PlacementById: one placement with its months. Asked by the watchers of its territory, its employer, its host. */
#include "services/tracking/page/view.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

struct reply handle_placement_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PlacementById *query = (const Tracking__PlacementById *)message;
        struct id id = id_of(query->placement_id);
        struct placement placement;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        return reply_ok(work, view_of_placement(work, id, &placement));
}
