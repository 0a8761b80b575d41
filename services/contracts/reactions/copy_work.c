#include "services/contracts/reactions/reactions.h"

#include "common/codec/types.h"
#include "common/store/same.h"
#include "services/contracts/ledger/worked_rows.h"
#include "services/contracts/subcontracts/subcontracts_rows.h"

static void copy_placement(struct txn *txn, const Tracking__PlacementOpened *opened)
{
        struct worked row;
        struct id obligation = id_of(opened->obligation_id), placement = id_of(opened->placement_id);
        worked_get(txn, obligation, placement, &row);
        row.person = id_of(opened->beneficiary_id);
        row.modality = (uint32_t)opened->modality;
        row.is_opened = 1;
        worked_put(txn, obligation, placement, &row);
}

static void copy_validated(struct txn *txn, const Tracking__HoursValidated *validated)
{
        struct worked row;
        struct training training;
        struct id obligation = id_of(validated->obligation_id), placement = id_of(validated->placement_id);
        int64_t more = hours_hundredths(hours_of(validated->hours)) - hours_hundredths(hours_of(validated->replaced));
        if (validated->month == NULL) /* a newer tracking may tell it otherwise; without a month nothing is counted */
                return;
        worked_get(txn, obligation, placement, &row);
        if (row.is_opened == 0) { /* else it was told already, whatever file of hers this is */
                row.person = id_of(validated->beneficiary_id);
                row.modality = (uint32_t)validated->modality;
        }
        row.hundredths += more;
        worked_put(txn, obligation, placement, &row);
        training_get(txn, placement, month_of(validated->month), &training);
        training.validated_hundredths += more;
        training_put(txn, placement, month_of(validated->month), &training);
}

/* Stated again, or taken back: the last holds. */
static void copy_stated(struct txn *txn, const struct event *event, const Types__Id *placement_id,
                        const Types__Month *month, const Types__Hours *hours)
{
        struct training row;
        struct id placement = id_of(placement_id);
        if (month == NULL) /* the same */
                return;
        training_get(txn, placement, month_of(month), &row);
        if (event->at_ms < row.stated_at_ms)
                return;
        row.stated_at_ms = event->at_ms;
        row.hundredths = hours_hundredths(hours_of(hours));
        training_put(txn, placement, month_of(month), &row);
}

/* `placement`: zero in a correction, which tells none: that of the record holds. */
static void copy_contact(struct txn *txn, const struct event *event, struct id contact, struct id placement,
                         bool met_tutor)
{
        struct tutor_contact row;
        tutor_contact_get(txn, contact, &row);
        if (!id_is_zero(placement))
                row.placement = placement;
        if (event->at_ms >= row.told_at_ms) {
                row.told_at_ms = event->at_ms;
                row.met_tutor = met_tutor;
        }
        tutor_contact_put(txn, contact, &row);
}

/* ---- invoices of structures */

static Contracts__StructureInvoice *invoice_of(struct arena *arena, const struct event *event, Types__Id *invoice_id,
                                               Types__Id *structure)
{
        Contracts__StructureInvoice *invoice = pb_new(&contracts__structure_invoice__descriptor, arena);
        invoice->invoice_id = invoice_id;
        invoice->structure = structure;
        invoice->told_at_ms = event->at_ms;
        return invoice;
}

static void copy_converted(struct txn *txn, struct arena *arena, const struct event *event,
                           const Tracking__InvoiceConverted *body)
{
        Contracts__StructureInvoice *invoice = invoice_of(arena, event, body->invoice_id, body->subcontractor);
        invoice->number = body->number;
        invoice->dated = body->dated;
        invoice->amount = body->amount;
        invoice->hours = body->hours;
        structure_invoice_put(txn, arena, id_of(body->obligation_id), invoice);
}

static void copy_corrected(struct txn *txn, struct arena *arena, const struct event *event,
                           const Tracking__InvoiceCorrected *body)
{
        Contracts__StructureInvoice *invoice = invoice_of(arena, event, body->invoice_id, body->subcontractor);
        if (body->now == NULL) /* the same */
                return;
        invoice->number = body->now->number;
        invoice->dated = body->now->dated;
        invoice->amount = body->now->amount;
        invoice->hours = body->now->hours;
        structure_invoice_put(txn, arena, id_of(body->obligation_id), invoice);
}

static void copy_cancelled(struct txn *txn, struct arena *arena, const struct event *event,
                           const Tracking__InvoiceCancelled *body)
{
        Contracts__StructureInvoice *invoice = invoice_of(arena, event, body->invoice_id, body->subcontractor);
        invoice->cancelled = true;
        structure_invoice_put(txn, arena, id_of(body->obligation_id), invoice);
}

void copy_work(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Tracking__Event *body = event->body;
        /* Not a switch, as react_to_tracking(). */
        if (body->body_case == TRACKING__EVENT__BODY_PLACEMENT_OPENED)
                copy_placement(txn, body->placement_opened);
        else if (body->body_case == TRACKING__EVENT__BODY_HOURS_VALIDATED)
                copy_validated(txn, body->hours_validated);
        else if (body->body_case == TRACKING__EVENT__BODY_HOURS_SUBMITTED)
                copy_stated(txn, event, body->hours_submitted->placement_id, body->hours_submitted->month,
                            body->hours_submitted->training);
        else if (body->body_case == TRACKING__EVENT__BODY_HOURS_TAKEN_BACK)
                copy_stated(txn, event, body->hours_taken_back->placement_id, body->hours_taken_back->month, NULL);
        else if (body->body_case == TRACKING__EVENT__BODY_CONTACT_RECORDED)
                copy_contact(txn, event, id_of(body->contact_recorded->contact_id),
                             id_of(body->contact_recorded->placement_id),
                             body->contact_recorded->met_with == TRACKING__CONTACT_WITH__WITH_TUTOR &&
                                     body->contact_recorded->breaks_silence);
        else if (body->body_case == TRACKING__EVENT__BODY_CONTACT_CORRECTED)
                copy_contact(txn, event, id_of(body->contact_corrected->contact_id), (struct id){{0}},
                             body->contact_corrected->met_with == TRACKING__CONTACT_WITH__WITH_TUTOR &&
                                     body->contact_corrected->breaks_silence && !body->contact_corrected->withdrawn);
        else if (body->body_case == TRACKING__EVENT__BODY_INVOICE_CONVERTED)
                copy_converted(txn, arena, event, body->invoice_converted);
        else if (body->body_case == TRACKING__EVENT__BODY_INVOICE_CORRECTED)
                copy_corrected(txn, arena, event, body->invoice_corrected);
        else if (body->body_case == TRACKING__EVENT__BODY_INVOICE_CANCELLED)
                copy_cancelled(txn, arena, event, body->invoice_cancelled);
        else if (body->body_case == TRACKING__EVENT__BODY_PERSONS_MERGED)
                same_put(txn, T_SAME_PERSON, id_of(body->persons_merged->beneficiary_id),
                         id_of(body->persons_merged->into), 1);
        else if (body->body_case == TRACKING__EVENT__BODY_PERSONS_UNMERGED)
                same_put(txn, T_SAME_PERSON, id_of(body->persons_unmerged->beneficiary_id),
                         id_of(body->persons_unmerged->from), -1);
}
