/* invoice.h: what an inclusive subcontractor's invoice is worth in hours. Pure: no store, no clock. */
#ifndef SERVICES_TRACKING_INVOICES_INVOICE_H
#define SERVICES_TRACKING_INVOICES_INVOICE_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "tracking/commands.pb-c.h"
#include "tracking/state.pb-c.h"

struct invoice_question {
        const Tracking__RecordInvoice *command;
        const char *number;                              /* without blanks around it */
        const Tracking__ObligationCopy *obligation;      /* never NULL */
        const Tracking__OrganisationCopy *subcontractor; /* NULL: not in the directory */
};

/* True with its hours: as declared, or amount x labour share / hourly cost, rounded down to the hundredth. */
bool invoice_may_be_recorded(const struct invoice_question *question, struct hours *ret_hours, struct refusal *ret);

#endif
