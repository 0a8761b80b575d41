/* An invoice that was recorded wrongly: told again as it should have been, or counted no more. Whoever counted its
 * hours
 * counts the difference; who had recorded it is told (page/others.h). The reason is not published: it stays beside the
 * event, for whoever reads the invoice's history here. Caller of both: a facilitator of the invoice's territory. */
#include <string.h>

#include "common/base/text.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/invoices/conversion.h"
#include "services/tracking/invoices/invoices_access.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/persons/beneficiary.h"
#include "tracking/calls.h"

static struct slice words(const struct work *work, char *reason)
{
        Tracking__InvoiceWords content = TRACKING__INVOICE_WORDS__INIT;
        content.reason = reason;
        return pb_encode(&content, work->arena);
}

static bool may_change(const Tracking__InvoiceRow *row, const char *reason, struct refusal *ret)
{
        if (row->cancelled)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "invoice_id",
                              "Cette facture est annulée, et ne compte plus : si elle est due, enregistrez-la de "
                              "nouveau.");
        return reason_is_sound(reason, ret);
}

static bool is_same(const Tracking__InvoiceFigures *a, const Tracking__InvoiceFigures *b)
{
        return strcmp(a->number, b->number) == 0 && a->dated->days == b->dated->days &&
               money_cents(money_of(a->amount)) == money_cents(money_of(b->amount)) &&
               hours_hundredths(hours_of(a->hours)) == hours_hundredths(hours_of(b->hours)) &&
               a->declared == b->declared;
}

/* The same invoice, asked for as a new one would be. */
static Tracking__RecordInvoice asked_anew(const Tracking__CorrectInvoice *command,
                                          const Tracking__InvoiceConverted *invoice)
{
        Tracking__RecordInvoice anew = TRACKING__RECORD_INVOICE__INIT;
        anew.obligation_id = invoice->obligation_id;
        anew.subcontractor = invoice->subcontractor;
        anew.territory = invoice->territory;
        anew.number = command->number;
        anew.dated = command->dated;
        anew.amount = command->amount;
        anew.declared_hours = command->declared_hours;
        return anew;
}

static Tracking__InvoiceFigures *figures_of(const struct work *work, const struct conversion *conversion)
{
        const Tracking__RecordInvoice *anew = conversion->question.command;
        Tracking__InvoiceFigures *figures = pb_new(&tracking__invoice_figures__descriptor, work->arena);
        figures->number = arena_text(work->arena, conversion->question.number);
        figures->dated = anew->dated;
        figures->amount = anew->amount;
        figures->hours = hours_to(work->arena, conversion->hours);
        figures->declared = anew->declared_hours != NULL;
        return figures;
}

/* CorrectInvoice: the same invoice as it should have been recorded. Emits InvoiceCorrected. */
struct reply handle_correct_invoice(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CorrectInvoice *command = (const Tracking__CorrectInvoice *)message;
        Tracking__InvoiceCorrected corrected = TRACKING__INVOICE_CORRECTED__INIT;
        const Tracking__InvoiceRow *row = tracking_invoice(work->txn, id_of(command->invoice_id), work->arena);
        struct conversion conversion;
        struct refusal refusal;

        if (row == NULL || tracking_obligation(work->txn, id_of(row->invoice->obligation_id), work->arena) == NULL)
                return reply_no_invoice(work);
        Tracking__RecordInvoice anew = asked_anew(command, row->invoice);
        if (!may_change(row, command->reason, &refusal) ||
            !conversion_may_be_made(work, &anew, id_of(command->invoice_id), &conversion, &refusal))
                return reply_refusal(work, &refusal);
        corrected.was = invoice_figures(work->arena, row->invoice);
        corrected.now = figures_of(work, &conversion);
        if (is_same(corrected.was, corrected.now))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "invoice_id",
                                    "La facture est déjà enregistrée ainsi : il n'y a rien à corriger.");
        corrected.invoice_id = command->invoice_id;
        corrected.obligation_id = row->invoice->obligation_id;
        corrected.subcontractor = row->invoice->subcontractor;
        corrected.territory = row->invoice->territory;
        corrected.is_private = row->invoice->is_private;
        corrected.corrected_on = command->corrected_on;
        corrected.accepted = conversion_accepted(work, &conversion, &corrected.n_accepted);
        work_record_sealed(work, &corrected.base, words(work, command->reason));

        Tracking__CorrectInvoiceReply *reply = pb_new(&tracking__correct_invoice_reply__descriptor, work->arena);
        reply->hours = corrected.now->hours;
        reply->replaced = corrected.was->hours;
        reply->warnings = conversion.warnings;
        reply->n_warnings = conversion.n_warnings;
        return reply_ok(work, reply);
}

/* CancelInvoice: it counts no more; its number may be used again. Emits InvoiceCancelled. */
struct reply handle_cancel_invoice(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CancelInvoice *command = (const Tracking__CancelInvoice *)message;
        Tracking__InvoiceCancelled cancelled = TRACKING__INVOICE_CANCELLED__INIT;
        const Tracking__InvoiceRow *row = tracking_invoice(work->txn, id_of(command->invoice_id), work->arena);
        struct refusal refusal;

        if (row == NULL)
                return reply_no_invoice(work);
        if (!may_change(row, command->reason, &refusal))
                return reply_refusal(work, &refusal);
        cancelled.invoice_id = command->invoice_id;
        cancelled.obligation_id = row->invoice->obligation_id;
        cancelled.subcontractor = row->invoice->subcontractor;
        cancelled.territory = row->invoice->territory;
        cancelled.is_private = row->invoice->is_private;
        cancelled.was = invoice_figures(work->arena, row->invoice);
        cancelled.cancelled_on = command->cancelled_on;
        work_record_sealed(work, &cancelled.base, words(work, command->reason));

        Tracking__CancelInvoiceReply *reply = pb_new(&tracking__cancel_invoice_reply__descriptor, work->arena);
        reply->hours = cancelled.was->hours;
        return reply_ok(work, reply);
}
