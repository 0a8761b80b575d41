#include "services/tracking/page/replaced.h"

#include "common/base/attr.h"
#include "services/tracking/controls/controls_rows.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/page/others.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "tracking/calls.h"

/* For the accounts that it names: it changes no row here. */
void apply_tracking_changed_by_another(const struct change *change, const Types__ChangedByAnother *told)
{
        (void)change, (void)told;
}

/* ---- what commands replace: each row tells the event that changed it last */

static uint64_t last_of_statement(struct txn *txn, struct id placement, const Types__Month *month)
{
        struct statement row;
        return tracking_statement(txn, month_of(month), placement, &row) ? row.version : 0;
}

static uint64_t last_submitted(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursSubmitted *submitted = (const Tracking__HoursSubmitted *)body;
        (void)arena;
        return last_of_statement(txn, id_of(submitted->placement_id), submitted->month);
}

static uint64_t last_taken_back(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursTakenBack *taken_back = (const Tracking__HoursTakenBack *)body;
        (void)arena;
        return last_of_statement(txn, id_of(taken_back->placement_id), taken_back->month);
}

static uint64_t last_validated(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursValidated *validated = (const Tracking__HoursValidated *)body;
        (void)arena;
        return last_of_statement(txn, id_of(validated->placement_id), validated->month);
}

static uint64_t last_returned(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursReturned *returned = (const Tracking__HoursReturned *)body;
        (void)arena;
        return last_of_statement(txn, id_of(returned->placement_id), returned->month);
}

static uint64_t last_set_to_check(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursSetToCheck *set = (const Tracking__HoursSetToCheck *)body;
        (void)arena;
        return last_of_statement(txn, id_of(set->placement_id), set->month);
}

/* Who stated the hours hears what becomes of them, whoever has corrected them since. */
static uint64_t stated_in(struct txn *txn, struct id placement, const Types__Month *month)
{
        struct statement row;
        return tracking_statement(txn, month_of(month), placement, &row) ? row.stated : 0;
}

static uint64_t stated_of_validated(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursValidated *validated = (const Tracking__HoursValidated *)body;
        (void)arena;
        return stated_in(txn, id_of(validated->placement_id), validated->month);
}

static uint64_t stated_of_set_to_check(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__HoursSetToCheck *set = (const Tracking__HoursSetToCheck *)body;
        (void)arena;
        return stated_in(txn, id_of(set->placement_id), set->month);
}

static uint64_t last_of_person(struct txn *txn, const Types__Id *beneficiary, struct arena *arena)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, id_of(beneficiary), arena);
        return row == NULL ? 0 : row->version;
}

static uint64_t last_decided(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__EligibilityDecided *decided = (const Tracking__EligibilityDecided *)body;
        return last_of_person(txn, decided->beneficiary_id, arena);
}

static uint64_t last_suspended(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_person(txn, ((const Tracking__EligibilitySuspended *)body)->beneficiary_id, arena);
}

static uint64_t last_resumed(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_person(txn, ((const Tracking__EligibilityResumed *)body)->beneficiary_id, arena);
}

static uint64_t last_struck(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_person(txn, ((const Tracking__EligibilityStruck *)body)->beneficiary_id, arena);
}

static uint64_t last_of_outcome(struct txn *txn, const Types__Id *placement, Tracking__OutcomeMoment at,
                                struct arena *arena)
{
        const Tracking__OutcomeRow *row = tracking_outcome(txn, id_of(placement), at, arena);
        return row == NULL ? 0 : row->version;
}

static uint64_t last_end(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__PlacementEndCorrected *corrected = (const Tracking__PlacementEndCorrected *)body;
        return last_of_outcome(txn, corrected->placement_id, TRACKING__OUTCOME_MOMENT__AT_EXIT, arena);
}

static uint64_t last_end_reopened(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__PlacementReopened *reopened = (const Tracking__PlacementReopened *)body;
        return last_of_outcome(txn, reopened->placement_id, TRACKING__OUTCOME_MOMENT__AT_EXIT, arena);
}

static uint64_t last_outcome(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__OutcomeRecorded *recorded = (const Tracking__OutcomeRecorded *)body;
        return last_of_outcome(txn, recorded->placement_id, recorded->now->at, arena);
}

static uint64_t last_terms(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__PlacementChanged *changed = (const Tracking__PlacementChanged *)body;
        const Tracking__PlacementFile *file = tracking_placement_file(txn, id_of(changed->placement_id), arena);
        return file == NULL ? 0 : file->version;
}

static uint64_t last_link(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__PlacementLinked *linked = (const Tracking__PlacementLinked *)body;
        const Tracking__PlacementFile *file = tracking_placement_file(txn, id_of(linked->placement_id), arena);
        return file == NULL ? 0 : file->link_version;
}

static uint64_t last_of_proposal(struct txn *txn, const Types__Id *id, struct arena *arena)
{
        const Tracking__ProposalRow *row = tracking_proposal(txn, id_of(id), arena);
        return row == NULL ? 0 : row->version;
}

static uint64_t last_moved(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_proposal(txn, ((const Tracking__ProposalMoved *)body)->proposal_id, arena);
}

static uint64_t last_corrected(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_proposal(txn, ((const Tracking__ProposalCorrected *)body)->proposal_id, arena);
}

static uint64_t last_contact(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__ContactCorrected *corrected = (const Tracking__ContactCorrected *)body;
        const Tracking__ContactRow *row =
                tracking_contact(txn, id_of(corrected->beneficiary_id), id_of(corrected->contact_id), arena);
        return row == NULL ? 0 : row->version;
}

static uint64_t last_action(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__ActionMoved *moved = (const Tracking__ActionMoved *)body;
        const Tracking__ActionRow *row =
                tracking_action(txn, id_of(moved->beneficiary_id), id_of(moved->action_id), arena);
        return row == NULL ? 0 : row->version;
}

static uint64_t last_of_evidence(struct txn *txn, const Types__Id *control, const Types__Id *placement,
                                 struct arena *arena)
{
        struct evidence evidence;
        return tracking_evidence(txn, id_of(control), id_of(placement), arena, &evidence) ? evidence.row->version : 0;
}

static uint64_t last_evidence(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__EvidenceMoved *moved = (const Tracking__EvidenceMoved *)body;
        return last_of_evidence(txn, moved->control_id, moved->placement_id, arena);
}

static uint64_t last_evidence_taken_back(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const Tracking__EvidenceTakenBack *taken_back = (const Tracking__EvidenceTakenBack *)body;
        return last_of_evidence(txn, taken_back->control_id, taken_back->placement_id, arena);
}

static uint64_t last_of_control(struct txn *txn, const Types__Id *control, struct arena *arena)
{
        const Tracking__ControlRow *row = tracking_control(txn, id_of(control), arena);
        return row == NULL ? 0 : row->version;
}

static uint64_t last_closed(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_control(txn, ((const Tracking__ControlClosed *)body)->control_id, arena);
}

static uint64_t last_control_reopened(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_control(txn, ((const Tracking__ControlReopened *)body)->control_id, arena);
}

static uint64_t last_of_invoice(struct txn *txn, const Types__Id *id, struct arena *arena)
{
        const Tracking__InvoiceRow *row = tracking_invoice(txn, id_of(id), arena);
        return row == NULL ? 0 : row->version;
}

static uint64_t last_invoice_corrected(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_invoice(txn, ((const Tracking__InvoiceCorrected *)body)->invoice_id, arena);
}

static uint64_t last_invoice_cancelled(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        return last_of_invoice(txn, ((const Tracking__InvoiceCancelled *)body)->invoice_id, arena);
}

static const struct version_row version_rows[] = {
        /* Hours that are stated count only once somebody vouches for them: nobody is told before. */
        {TRACKING__EVENT__BODY_HOURS_SUBMITTED, 1, {NULL}, last_submitted, .quiet = true},
        {TRACKING__EVENT__BODY_HOURS_TAKEN_BACK, 1, {NULL}, last_taken_back, .quiet = true},
        {TRACKING__EVENT__BODY_HOURS_VALIDATED, 1, {NULL}, last_validated, .also = stated_of_validated},
        {TRACKING__EVENT__BODY_HOURS_RETURNED, 1, {NULL}, last_returned},
        {TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK,
         1,
         {NULL},
         last_set_to_check,
         .also = stated_of_set_to_check,
         .follows = true},
        {TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED, 2, {NULL}, last_decided},
        {TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED, 50, {NULL}, last_end},
        {TRACKING__EVENT__BODY_PLACEMENT_REOPENED, 50, {NULL}, last_end_reopened},
        {TRACKING__EVENT__BODY_OUTCOME_RECORDED, 51, {NULL}, last_outcome},
        {TRACKING__EVENT__BODY_PLACEMENT_CHANGED, 3, {NULL}, last_terms},
        {TRACKING__EVENT__BODY_PLACEMENT_LINKED, 54, {NULL}, last_link},
        {TRACKING__EVENT__BODY_ELIGIBILITY_SUSPENDED, 2, {NULL}, last_suspended},
        {TRACKING__EVENT__BODY_ELIGIBILITY_RESUMED, 2, {NULL}, last_resumed},
        {TRACKING__EVENT__BODY_ELIGIBILITY_STRUCK, 2, {NULL}, last_struck},
        /* A step follows another and replaces none; what was wrong is told to who had said it. */
        {TRACKING__EVENT__BODY_PROPOSAL_MOVED, 45, {NULL}, last_moved, .quiet = true},
        {TRACKING__EVENT__BODY_PROPOSAL_CORRECTED, 45, {NULL}, last_corrected},
        {TRACKING__EVENT__BODY_CONTACT_CORRECTED, 52, {NULL}, last_contact, .quiet = true},
        {TRACKING__EVENT__BODY_ACTION_MOVED, 53, {NULL}, last_action, .quiet = true},
        {TRACKING__EVENT__BODY_EVIDENCE_MOVED, 67, {NULL}, last_evidence, .quiet = true},
        {TRACKING__EVENT__BODY_EVIDENCE_TAKEN_BACK, 67, {NULL}, last_evidence_taken_back},
        {TRACKING__EVENT__BODY_CONTROL_CLOSED, 68, {NULL}, last_closed},
        {TRACKING__EVENT__BODY_CONTROL_REOPENED, 68, {NULL}, last_control_reopened},
        {TRACKING__EVENT__BODY_INVOICE_CORRECTED, 100, {NULL}, last_invoice_corrected},
        {TRACKING__EVENT__BODY_INVOICE_CANCELLED, 100, {NULL}, last_invoice_cancelled},
};
const struct versions tracking_versions = {0, version_rows, ARRAY_SIZE(version_rows), tracking_tell_others};
