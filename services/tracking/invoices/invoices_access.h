/* invoices_access.h: whose an invoice is, and how it is shown. Reads rows, records nothing. */
#ifndef SERVICES_TRACKING_INVOICES_INVOICES_ACCESS_H
#define SERVICES_TRACKING_INVOICES_INVOICES_ACCESS_H

#include "common/service/rights.h"
#include "common/service/work.h"
#include "tracking/invoices.pb-c.h"
#include "tracking/state.pb-c.h"

/* To the watchers of the territory that follows its obligation, the structure that made it out, the company that owes
 * the hours. */
enum standing invoice_standing(const struct work *work, const struct named *named);
bool invoice_is_read(const struct work *work, const Tracking__InvoiceRow *row);

Tracking__InvoiceFigures *invoice_figures(struct arena *arena, const Tracking__InvoiceConverted *invoice);
Tracking__InvoiceLine *invoice_line(const struct work *work, const Tracking__InvoiceRow *row);

struct reply reply_no_invoice(struct work *work);

#endif
