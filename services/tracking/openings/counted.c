#include "services/tracking/openings/counted.h"

#include "services/tracking/outcomes/ending.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/events.pb-c.h"

Tracking__CountedEnd *counted_end(const struct work *work, const Types__Id *id)
{
        struct placement placement;
        if (id == NULL || !tracking_placement(work->txn, id_of(id), &placement) || !placement.ended)
                return NULL;
        Tracking__CountedEnd *end = pb_new(&tracking__counted_end__descriptor, work->arena);
        end->placement_id = id_to(work->arena, id_of(id));
        end->ended_on = day_to(work->arena, placement.ended_on);
        end->territory = arena_text(work->arena, placement.territory);
        end->is_private = placement.is_private;
        end->exit = ending_outcome(work, id_of(id), TRACKING__OUTCOME_MOMENT__AT_EXIT);
        if (end->exit == NULL) {
                end->exit = pb_new(&tracking__outcome_at__descriptor, work->arena);
                end->exit->at = TRACKING__OUTCOME_MOMENT__AT_EXIT;
        }
        end->later = ending_later(work, id_of(id), &end->n_later);
        return end;
}
