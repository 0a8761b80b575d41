#include "common/codec/types.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

static void note_contact(const struct change *change, struct id beneficiary)
{
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, beneficiary, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        tracking_note_contact(change->txn, beneficiary, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, beneficiary, person, change->arena);
}

void apply_placement_ended(const struct change *change, const Tracking__PlacementEnded *ended)
{
        struct id id = id_of(ended->placement_id);
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        row.ended = 1;
        row.ended_on = day_of(ended->ended_on);
        row.outcome = (uint8_t)ended->outcome;
        tracking_put_placement(change->txn, id, &row);
        note_contact(change, row.beneficiary);
        if (change->event->sealed.size == 0)
                return;
        tracking_put_placement_exit(change->txn, id, change->event->sealed);
        tracking_note_sealed(change->txn, row.beneficiary, change->event->number);
}
