#include "common/codec/types.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

static void forget_next(const struct change *change, const Types__Id *before, struct id id)
{
        struct id next;
        if (before != NULL && tracking_placement_next(change->txn, id_of(before), &next) && id_equal(next, id))
                tracking_put_placement_next(change->txn, id_of(before), (struct id){{0}});
}

void apply_placement_linked(const struct change *change, const Tracking__PlacementLinked *linked)
{
        struct id id = id_of(linked->placement_id);
        Tracking__PlacementFile *file = tracking_placement_file(change->txn, id, change->arena);
        struct slice sealed = change->event->sealed;
        struct placement row;
        if (file == NULL || !tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        forget_next(change, file->opened->continues_placement_id, id);
        file->opened->continues_placement_id = linked->continues_placement_id;
        file->link_version = change->event->number;
        if (linked->continues_placement_id != NULL)
                tracking_put_placement_next(change->txn, id_of(linked->continues_placement_id), id);
        tracking_put_placement_file(change->txn, id, file, change->arena);
        if (sealed.size == 0)
                return; /* erased meanwhile, and the log is replayed */
        tracking_put_corrected_act(change->txn, row.beneficiary, change->event->number, sealed);
        tracking_note_sealed(change->txn, row.beneficiary, change->event->number);
}
