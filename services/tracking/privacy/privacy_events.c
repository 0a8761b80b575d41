#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/stored.h"
#include "services/tracking/controls/controls.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/proposals/proposals.h"
#include "tracking/calls.h"

/* That she was sought is kept with her name's readings, and is no contact; whom nobody found is in the log alone. */
void apply_person_sought(const struct change *change, const Tracking__PersonSought *sought)
{
        Tracking__ReadingRow row = TRACKING__READING_ROW__INIT;
        if (sought->beneficiary_id == NULL)
                return;
        row.beneficiary_id = sought->beneficiary_id;
        row.reason_code = sought->reason_code;
        row.territory = sought->territory;
        row.at_ms = change->event->at_ms;
        row.account = id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
        row.user = (char *)(uintptr_t)change->event->user;
        row.sought = true;
        tracking_put_reading(change->txn, change->event->number, &row, change->arena);
}

/* Who asks the person, or answers her, has been in contact with her. */
static bool is_contact(const char *reason_code)
{
        return strcmp(reason_code, "CONTACT") == 0 || strcmp(reason_code, "PERSON_ASKED") == 0;
}

static void put_reading(const struct change *change, Tracking__ReadingRow *row)
{
        struct id id = id_of(row->beneficiary_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->at_ms = change->event->at_ms;
        row->account = id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
        row->user = (char *)(uintptr_t)change->event->user;
        row->territory = person->territory;
        row->sealed_reason = pb_bytes(change->event->sealed);
        tracking_put_reading(change->txn, change->event->number, row, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
        if (!is_contact(row->reason_code))
                return;
        tracking_note_contact(change->txn, id, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, person, change->arena);
}

void apply_beneficiary_file_opened(const struct change *change, const Tracking__BeneficiaryFileOpened *opened)
{
        Tracking__ReadingRow row = TRACKING__READING_ROW__INIT;
        row.beneficiary_id = opened->beneficiary_id;
        row.reason_code = opened->reason_code;
        put_reading(change, &row);
}

void apply_file_exported(const struct change *change, const Tracking__FileExported *exported)
{
        Tracking__ReadingRow row = TRACKING__READING_ROW__INIT;
        row.beneficiary_id = exported->beneficiary_id;
        row.reason_code = exported->reason_code;
        row.exported = true;
        put_reading(change, &row);
}

void apply_document_opened(const struct change *change, const Tracking__DocumentOpened *opened)
{
        Tracking__ReadingRow row = TRACKING__READING_ROW__INIT;
        row.beneficiary_id = opened->beneficiary_id;
        row.reason_code = opened->reason_code;
        row.document_id = opened->document_id;
        put_reading(change, &row);
        tracking_note_opened(change->txn, id_of(opened->document_id), change->event->account, change->event->at_ms);
}

static void append_rectification(Tracking__BeneficiaryRow *row, ProtobufCBinaryData sealed, struct arena *arena)
{
        row->sealed_rectifications = pb_append(row->sealed_rectifications, &row->n_sealed_rectifications,
                                               sizeof(*row->sealed_rectifications), arena);
        row->sealed_rectifications[row->n_sealed_rectifications - 1] = sealed;
}

void apply_identity_rectified(const struct change *change, const Tracking__IdentityRectified *rectified)
{
        struct id id = id_of(rectified->beneficiary_id);
        Tracking__BeneficiaryRow *row = tracking_beneficiary(change->txn, id, change->arena);
        const Tracking__RectifiedParts *parts =
                pb_decode(&tracking__rectified_parts__descriptor, change->event->sealed, change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        require_stored(parts != NULL);
        row->sealed_identity = parts->sealed_identity;
        append_rectification(row, parts->sealed_rectification, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
        tracking_note_contact(change->txn, id, row, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, row, change->arena);
        if (parts->digests != NULL) /* a rectification of before had none */
                identity_put_digests(change->txn, id, parts->digests, change->arena);
}

static void freeze_placements(const struct change *change, struct id beneficiary, bool is_frozen)
{
        struct erased_things things;
        erased_things_of(change->txn, beneficiary, change->arena, &things);
        for (size_t i = 0; i < things.placement_count; i++) {
                struct placement placement;
                if (!tracking_placement(change->txn, things.placements[i], &placement))
                        continue; /* the transaction has failed; its commit will tell */
                placement.is_frozen = is_frozen;
                tracking_put_placement(change->txn, things.placements[i], &placement);
        }
}

void apply_restriction_changed(const struct change *change, const Tracking__RestrictionChanged *changed)
{
        struct id id = id_of(changed->beneficiary_id);
        Tracking__BeneficiaryRow *row = tracking_beneficiary(change->txn, id, change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        bool was_restricted = row->restriction_code[0] != '\0';
        if (was_restricted != changed->restricted)
                proposals_pause(change, id, changed->restricted, row->restricted_at_ms);
        row->restriction_code = changed->restricted ? changed->code : (char *)(uintptr_t) "";
        row->restricted_at_ms = changed->restricted ? change->event->at_ms : 0;
        tracking_note_contact(change->txn, id, row, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, row, change->arena);
        freeze_placements(change, id, changed->restricted);
}

void apply_retention_looked(const struct change *change, const Tracking__RetentionLooked *looked)
{
        struct id id = id_of(looked->beneficiary_id);
        Tracking__BeneficiaryRow *row = tracking_beneficiary(change->txn, id, change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->ends_at_ms = looked->ends_at != NULL ? looked->ends_at->ms : 0;
        row->archived = looked->archived;
        tracking_put_beneficiary(change->txn, id, row, change->arena);
        tracking_look_at(change->txn, id, looked->look_at->ms);
}

static void drop_documents(const struct change *change, const struct erased_things *things)
{
        for (size_t i = 0; i < things->document_count; i++) {
                struct placed_document document = things->documents[i];
                tracking_drop_document(change->txn, &document);
        }
}

/* What became of her is counted; nobody is to ask it any more. */
static void ask_no_more(const struct change *change, struct id id)
{
        struct placement placement;
        if (!tracking_placement(change->txn, id, &placement) || !placement.ended)
                return;
        for (size_t i = 0; i < OUTCOME_MOMENTS; i++) {
                Tracking__OutcomeMoment at = outcome_moments[i];
                tracking_set_outcome_due(change->txn, (struct outcome_due){outcome_day(placement.ended_on, at), id, at},
                                         false);
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
                tracking_put_employer_reference(change->txn, things.placements[i], slice_of(NULL, 0));
                ask_no_more(change, things.placements[i]);
                visits_forget_contacts(change->txn, things.placements[i]);
                presence_put(change->txn, things.placements[i], NULL, false);
                controls_forget(change, things.placements[i]);
        }
        followup_forget(change->txn, id);
        corrected_acts_forget(change->txn, id);
        tracking_forget_reasons(change->txn, id, change->arena);
        tracking_drop_eligibility(change->txn, id);
        proposals_forget(change, id);
        if (change->event->sealed.size > 0)
                tracking_put_anonymous(change->txn, change->event->number, change->event->sealed);
        row.territory = erased->territory;
        row.at_ms = change->event->at_ms;
        row.erasure_code = erased->erasure_code;
        tracking_drop_beneficiary(change->txn, id, &row, change->arena);
}
