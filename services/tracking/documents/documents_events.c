#include "common/codec/types.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/calls.h"

void apply_document_attached(const struct change *change, const Tracking__DocumentAttached *attached)
{
        Tracking__DocumentRow row = TRACKING__DOCUMENT_ROW__INIT;
        row.beneficiary_id = attached->beneficiary_id;
        row.address = attached->address;
        row.size = attached->size;
        row.media_type = attached->media_type;
        row.attached_at_ms = change->event->at_ms;
        row.attached_by = id_to(change->arena, change->event->account);
        row.sealed_title = pb_bytes(change->event->sealed);
        const struct placed_document document = {id_of(attached->placement_id), id_of(attached->document_id), &row};
        tracking_put_document(change->txn, &document, change->arena);
        tracking_note_sealed(change->txn, id_of(attached->beneficiary_id), change->event->number);
}

void apply_document_removed(const struct change *change, const Tracking__DocumentRemoved *removed)
{
        struct placed_document document = {id_of(removed->placement_id), id_of(removed->document_id), NULL};
        document.row = tracking_document(change->txn, document.placement, document.document, change->arena);
        if (document.row != NULL) /* else the transaction has failed; its commit will tell */
                tracking_drop_document(change->txn, &document);
}
