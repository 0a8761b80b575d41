#include "common/codec/types.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "tracking/calls.h"

void apply_invoice_converted(const struct change *change, const Tracking__InvoiceConverted *converted)
{
        Tracking__InvoiceRow row = TRACKING__INVOICE_ROW__INIT;
        row.invoice = (Tracking__InvoiceConverted *)(uintptr_t)converted;
        row.version = change->event->number;
        tracking_put_invoice(change->txn, NULL, &row, change->arena);
}

/* The row as it stands, twice: to be kept and to be changed. False: the transaction has failed; its commit tells. */
static bool load_twice(const struct change *change, const Types__Id *id, Tracking__InvoiceRow **ret_before,
                       Tracking__InvoiceRow **ret_row)
{
        *ret_before = tracking_invoice(change->txn, id_of(id), change->arena);
        *ret_row = tracking_invoice(change->txn, id_of(id), change->arena);
        return *ret_before != NULL && *ret_row != NULL;
}

static void put_changed(const struct change *change, const Tracking__InvoiceRow *before, Tracking__InvoiceRow *row)
{
        row->version = change->event->number;
        tracking_put_invoice(change->txn, before, row, change->arena);
        invoice_put_event_before(change->txn, change->event->number, before->version);
}

void apply_invoice_corrected(const struct change *change, const Tracking__InvoiceCorrected *body)
{
        Tracking__InvoiceRow *before, *row;
        if (!load_twice(change, body->invoice_id, &before, &row))
                return;
        row->invoice->number = body->now->number;
        row->invoice->dated = body->now->dated;
        row->invoice->amount = body->now->amount;
        row->invoice->hours = body->now->hours;
        row->invoice->declared = body->now->declared;
        put_changed(change, before, row);
}

void apply_invoice_cancelled(const struct change *change, const Tracking__InvoiceCancelled *body)
{
        Tracking__InvoiceRow *before, *row;
        if (!load_twice(change, body->invoice_id, &before, &row))
                return;
        row->cancelled = true;
        put_changed(change, before, row);
}

/* No act on the invoice itself: its version stays. */
void apply_invoice_reclassified(const struct change *change, const Tracking__InvoiceReclassified *body)
{
        Tracking__InvoiceRow *before, *row;
        if (!load_twice(change, body->invoice_id, &before, &row))
                return;
        row->invoice->is_private = body->is_private;
        tracking_put_invoice(change->txn, before, row, change->arena);
}
