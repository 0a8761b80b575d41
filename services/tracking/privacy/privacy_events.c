#include "common/codec/types.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "tracking/calls.h"

void apply_beneficiary_file_opened(const struct change *change, const Tracking__BeneficiaryFileOpened *opened)
{
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(change->txn, id_of(opened->beneficiary_id), change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        Tracking__ReadingRow row = TRACKING__READING_ROW__INIT;
        row.beneficiary_id = opened->beneficiary_id;
        row.at_ms = change->event->at_ms;
        row.account = id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
        row.user = (char *)(uintptr_t)change->event->user;
        row.territory = person->territory;
        row.reason_code = opened->reason_code;
        row.sealed_reason = pb_bytes(change->event->sealed);
        tracking_put_reading(change->txn, change->event->number, &row, change->arena);
}
