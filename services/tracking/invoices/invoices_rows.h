/* invoices_rows.h: subcontractors' invoices that were turned into hours. Finds return what lives in the arena, NULL
 * where there is none; puts are for apply() only.
 *
 *   table                     key                          row
 *   invoice                   invoice id                   InvoiceRow (state.proto)
 *   invoice_by_number         subcontractor, number text   invoice id: it counts once; not of cancelled ones
 *   invoice_by_obligation     obligation, invoice id       empty
 *   invoice_by_subcontractor  subcontractor, invoice id    empty
 *   invoice_by_month          obligation, subcontractor, month i32, invoice id   empty; not of cancelled ones
 *   invoice_history           number u64                   number u64: of the event before, of the same invoice */
#ifndef SERVICES_TRACKING_INVOICES_INVOICES_ROWS_H
#define SERVICES_TRACKING_INVOICES_INVOICES_ROWS_H

#include "common/base/arena.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/state.pb-c.h"

#define INVOICES_TABLES(TABLE)                                                                                         \
        TABLE(INVOICE, "invoice", TABLE_STATE)                                                                         \
        TABLE(INVOICE_BY_NUMBER, "invoice_by_number", TABLE_STATE)                                                     \
        TABLE(INVOICE_BY_OBLIGATION, "invoice_by_obligation", TABLE_STATE)                                             \
        TABLE(INVOICE_BY_SUBCONTRACTOR, "invoice_by_subcontractor", TABLE_STATE)                                       \
        TABLE(INVOICE_BY_MONTH, "invoice_by_month", TABLE_STATE)                                                       \
        TABLE(INVOICE_HISTORY, "invoice_history", TABLE_STATE)
INVOICES_TABLES(TABLE_NUMBER)

Tracking__InvoiceRow *tracking_invoice(struct txn *txn, struct id id, struct arena *arena);
/* NULL: no invoice of the subcontractor counts under that number. */
Tracking__InvoiceRow *tracking_invoice_of_number(struct txn *txn, struct id subcontractor, const char *number,
                                                 struct arena *arena);
/* One that counts: of the structure, for the obligation, dated in the month. NULL: none. */
Tracking__InvoiceRow *tracking_invoice_of_month(struct txn *txn, struct id obligation, struct id subcontractor,
                                                int32_t month, struct arena *arena);
/* `before`: as it was; NULL: it was not. */
void tracking_put_invoice(struct txn *txn, const Tracking__InvoiceRow *before, const Tracking__InvoiceRow *row,
                          struct arena *arena);

/* Each event of an invoice leads to the one before it. 0: none. */
uint64_t invoice_event_before(struct txn *txn, uint64_t number);
void invoice_put_event_before(struct txn *txn, uint64_t number, uint64_t before);

/* Ids, in ascending order; `after` is the last id already seen. */
enum invoices_list {
        LIST_INVOICES, /* all; part: unused */
        LIST_INVOICES_OF_OBLIGATION,
        LIST_INVOICES_OF_SUBCONTRACTOR,
};
void invoices_walk(struct txn *txn, enum invoices_list list, struct key part, struct slice after, struct walk *ret);

void tracking_drop_invoice(struct txn *txn, const Tracking__InvoiceRow *row); /* it goes to another partition */

#endif
