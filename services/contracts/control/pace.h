/* pace.h: how far an obligation is: done against owed, and against what the time that has passed lets expect. Pure.
 * What is owed is what is done and what remains, so that hours waived, transferred or amended in the ledger count as
 * it says. Days of suspension are left out, of the time that passed and of the duration. */
#ifndef SERVICES_CONTRACTS_CONTROL_PACE_H
#define SERVICES_CONTRACTS_CONTROL_PACE_H

#include "common/base/quantity.h"
#include "services/contracts/control/calendar.h"

struct pace {
        struct hours owed, done, expected;
        struct share done_share;    /* at most 1; zero where nothing is owed */
        struct share elapsed_share; /* zero where the span is not known */
        int32_t suspended_days;     /* so far */
        Contracts__ProgressLight light;
};

struct pace_hours {
        struct hours done, remaining;
        bool is_due_already; /* framework agreements: what invoices made due is expected at once, not over time */
};

/* `span` may be NULL: the dates are not known, and there is no light unless nothing remains. */
struct pace pace_of(const struct pace_hours *hours, const struct span *span, struct day today,
                    const Contracts__LightRule *rule);

/* How bad it is, for lists that begin with the worst: greater is better. */
uint32_t pace_rank(const struct pace *pace);

#endif
