#include "common/codec/types.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "tracking/calls.h"

static void put_reading(const struct change *change, Types__Id *beneficiary, char *reason_code, Types__Id *document)
{
        const Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id_of(beneficiary), change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        Tracking__ReadingRow row = TRACKING__READING_ROW__INIT;
        row.beneficiary_id = beneficiary;
        row.document_id = document;
        row.at_ms = change->event->at_ms;
        row.account = id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
        row.user = (char *)(uintptr_t)change->event->user;
        row.territory = person->territory;
        row.reason_code = reason_code;
        row.sealed_reason = pb_bytes(change->event->sealed);
        tracking_put_reading(change->txn, change->event->number, &row, change->arena);
        tracking_note_sealed(change->txn, id_of(beneficiary), change->event->number);
}

void apply_beneficiary_file_opened(const struct change *change, const Tracking__BeneficiaryFileOpened *opened)
{
        put_reading(change, opened->beneficiary_id, opened->reason_code, NULL);
}

void apply_document_opened(const struct change *change, const Tracking__DocumentOpened *opened)
{
        put_reading(change, opened->beneficiary_id, opened->reason_code, opened->document_id);
        tracking_note_opened(change->txn, id_of(opened->document_id), change->event->account, change->event->at_ms);
}

static void drop_documents(const struct change *change, const struct erased_things *things)
{
        for (size_t i = 0; i < things->document_count; i++) {
                struct placed_document document = things->documents[i];
                tracking_drop_document(change->txn, &document);
        }
}

void apply_beneficiary_erased(const struct change *change, const Tracking__BeneficiaryErased *erased)
{
        struct id id = id_of(erased->beneficiary_id);
        struct erased_things things;
        Tracking__ErasedRow row = TRACKING__ERASED_ROW__INIT;
        erased_things_of(change->txn, id, change->arena, &things);
        drop_documents(change, &things);
        for (size_t i = 0; i < things.placement_count; i++) {
                tracking_drop_placement_exit(change->txn, things.placements[i]);
                hours_references_forget(change->txn, things.placements[i]);
        }
        tracking_forget_reasons(change->txn, id, change->arena);
        tracking_put_anonymous(change->txn, change->event->number, change->event->sealed);
        row.territory = erased->territory;
        row.at_ms = change->event->at_ms;
        row.erasure_code = erased->erasure_code;
        tracking_drop_beneficiary(change->txn, id, &row, change->arena);
}
