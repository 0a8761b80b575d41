/* reactions.h: what follows here from other daemons' events. Called by the runtime through dispatch.c, once for each
 * event of a source, in its order; what is not of interest is passed over. */
#ifndef SERVICES_CONTRACTS_REACTIONS_REACTIONS_H
#define SERVICES_CONTRACTS_REACTIONS_REACTIONS_H

#include "common/service/work.h"
#include "services/contracts/ledger/ledger.h"
#include "tracking/events.pb-c.h"

/* tracking: validated hours and converted invoices go into the ledger. */
void react_to_tracking(struct work *work, const struct event *event);
void on_hours_validated(struct work *work, const Tracking__HoursValidated *event);
void on_invoice_converted(struct work *work, const Tracking__InvoiceConverted *event);
void on_invoice_corrected(struct work *work, const Tracking__InvoiceCorrected *event);
void on_invoice_cancelled(struct work *work, const Tracking__InvoiceCancelled *event);

/* Brings what the ledger holds of one source (a placement's month, an invoice) to `hours`: posts the difference to what
 * was posted before, so that a figure validated anew is counted once, and the same figure again posts nothing. */
struct follow_up {
        struct id obligation;
        struct id source;
        struct month month;
        enum account to;
        struct hours hours;
        char *cause; /* French, short */
};
void post_follow_up(struct work *work, const struct follow_up *follow_up);

/* tracking: keeps who worked, by ids, so that persons are counted once; training and contacts with tutors beside. */
void copy_work(struct txn *txn, struct arena *arena, const struct event *event);

/* directory: keeps the SIRET of every organisation, to know a buyer's own contracts, and counts the inclusive
 * structures of each department, to know who could do the work. */
void copy_from_directory(struct txn *txn, struct arena *arena, const struct event *event);

#endif
