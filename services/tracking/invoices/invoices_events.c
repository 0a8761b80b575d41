#include "common/codec/types.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "tracking/calls.h"

void apply_invoice_converted(const struct change *change, const Tracking__InvoiceConverted *converted)
{
        tracking_put_invoice(change->txn, converted, change->arena);
}

void apply_invoice_reclassified(const struct change *change, const Tracking__InvoiceReclassified *body)
{
        Tracking__InvoiceConverted *row = tracking_invoice(change->txn, id_of(body->invoice_id), change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->is_private = body->is_private;
        tracking_put_invoice(change->txn, row, change->arena);
}
