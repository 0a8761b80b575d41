#include "common/codec/types.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/persons/persons_rows.h"
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
