/* invoices_rows.h: subcontractors' invoices that were turned into hours. Finds return what lives in the arena, NULL
 * where there is none; puts are for apply() only.
 *
 *   table                     key                          row
 *   invoice                   invoice id                   InvoiceConverted (events.proto)
 *   invoice_by_number         subcontractor, number text   invoice id: an invoice is counted once
 *   invoice_by_obligation     obligation, invoice id       empty */
#ifndef SERVICES_TRACKING_INVOICES_INVOICES_ROWS_H
#define SERVICES_TRACKING_INVOICES_INVOICES_ROWS_H

#include "common/base/arena.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/events.pb-c.h"

#define INVOICES_TABLES(TABLE)                                                                                         \
        TABLE(INVOICE, "invoice", TABLE_STATE)                                                                         \
        TABLE(INVOICE_BY_NUMBER, "invoice_by_number", TABLE_STATE)                                                     \
        TABLE(INVOICE_BY_OBLIGATION, "invoice_by_obligation", TABLE_STATE)
INVOICES_TABLES(TABLE_NUMBER)

Tracking__InvoiceConverted *tracking_invoice(struct txn *txn, struct id id, struct arena *arena);
/* NULL: no invoice of the subcontractor counts under that number. */
Tracking__InvoiceConverted *tracking_invoice_of_number(struct txn *txn, struct id subcontractor, const char *number,
                                                       struct arena *arena);
void tracking_put_invoice(struct txn *txn, const Tracking__InvoiceConverted *row, struct arena *arena);

/* Ids, in ascending order; `after` is the last id already seen. */
void tracking_walk_invoices(struct txn *txn, struct id obligation, struct slice after, struct walk *ret);

void tracking_walk_all_invoices(struct txn *txn, struct slice after, struct walk *ret);
void tracking_drop_invoice(struct txn *txn, const Tracking__InvoiceConverted *row); /* it goes to another partition */

#endif
