/* conversion.h: an invoice as somebody would have it counted: what RecordInvoice is asked, and what CorrectInvoice
 * makes
 * of one that is there, by the same rules. Reads rows, records nothing. Everything lives in the work's arena. */
#ifndef SERVICES_TRACKING_INVOICES_CONVERSION_H
#define SERVICES_TRACKING_INVOICES_CONVERSION_H

#include "common/service/work.h"
#include "services/tracking/invoices/invoice.h"

struct conversion {
        struct invoice_question question;
        struct hours hours;
        Tracking__HoursWarning **warnings;
        size_t n_warnings;
};

/* `own`: the invoice that is set right; zero: it is a new one. False with *ret_refusal. Whose the obligation is, the
 * caller has asked, and that it is there. */
bool conversion_may_be_made(const struct work *work, const Tracking__RecordInvoice *command, struct id own,
                            struct conversion *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Codes of the warnings that are taken with it. */
char **conversion_accepted(const struct work *work, const struct conversion *conversion, size_t *ret_count);

#endif
