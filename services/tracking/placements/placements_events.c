#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

static struct placement row_of_opened(const Tracking__PlacementOpened *opened, const Tracking__BeneficiaryRow *person)
{
        struct period periods[DECISIONS_MAX + 1];
        size_t count = periods_of(person, periods);
        struct placement row = {
                .beneficiary = id_of(opened->beneficiary_id),
                .obligation = id_of(opened->obligation_id),
                .employer = id_of(opened->employer),
                .host = id_of(opened->host_company),
                .prescriber = id_of(opened->prescriber),
                .modality = (uint8_t)opened->modality,
                .is_private = opened->is_private,
                .starts_on = day_of(opened->starts_on),
                .ends_on = day_of_number(opened->ends_on != NULL ? opened->ends_on->days : DAY_OPEN_NUMBER),
                .ended_on = day_of_number(DAY_OPEN_NUMBER),
                .granted_until = day_of(opened->eligible_until),
                .eligible_until = day_of(opened->eligible_until),
                .weekly_hundredths = (uint32_t)hours_hundredths(hours_of(opened->weekly_hours)),
        };
        if (count > 0 && day_number(periods[count - 1].until) > day_number(row.eligible_until))
                row.eligible_until = periods[count - 1].until;
        memcpy(row.territory, opened->territory, strnlen(opened->territory, sizeof(row.territory) - 1));
        return row;
}

void apply_placement_opened(const struct change *change, const Tracking__PlacementOpened *opened)
{
        struct id beneficiary = id_of(opened->beneficiary_id), id = id_of(opened->placement_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, beneficiary, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */

        struct placement row = row_of_opened(opened, person);
        tracking_put_placement(change->txn, id, &row);
        tracking_index_placement(change->txn, id, &row);
        Tracking__PlacementFile file = TRACKING__PLACEMENT_FILE__INIT;
        file.opened = (Tracking__PlacementOpened *)(uintptr_t)opened;
        if (file.opened->contacts_sealed)
                file.sealed_contacts = pb_bytes(change->event->sealed);
        else
                file.contacts =
                        pb_decode(&tracking__placement_contacts__descriptor, change->event->sealed, change->arena);
        tracking_put_placement_file(change->txn, id, &file, change->arena);
        person->placements++;
        tracking_note_contact(change->txn, beneficiary, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, beneficiary, person, change->arena);
}

void apply_placement_reclassified(const struct change *change, const Tracking__PlacementReclassified *body)
{
        struct placement row;
        if (!tracking_placement(change->txn, id_of(body->placement_id), &row))
                return; /* the transaction has failed; its commit will tell */
        row.is_private = body->is_private;
        tracking_put_placement(change->txn, id_of(body->placement_id), &row);
}
