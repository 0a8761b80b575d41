#include "common/codec/types.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/calls.h"

void apply_beneficiary_referred(const struct change *change, const Tracking__BeneficiaryReferred *referred)
{
        struct id id = id_of(referred->beneficiary_id);
        Tracking__BeneficiaryRow row = TRACKING__BENEFICIARY_ROW__INIT;
        row.territory = referred->territory;
        row.prescriber = referred->prescriber;
        row.need_id = referred->need_id;
        row.referred_at_ms = change->event->at_ms;
        row.referred_by = id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
        row.sealed_identity = pb_bytes(change->event->sealed);
        tracking_note_contact(change->txn, id, &row, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, &row, change->arena);
        tracking_index_beneficiary(change->txn, id, &row);
        tracking_note_sealed(change->txn, id, change->event->number);
}
