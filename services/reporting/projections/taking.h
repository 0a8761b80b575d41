/* taking.h: an event of another daemon while it is taken in, and what it changes of figures that may have been sent:
 * each change is kept with its cause, so that sent figures and the changes since make those of today. */
#ifndef SERVICES_REPORTING_PROJECTIONS_TAKING_H
#define SERVICES_REPORTING_PROJECTIONS_TAKING_H

#include "common/service/event.h"
#include "services/reporting/store.h"

struct taking {
        struct txn *txn;
        struct arena *arena;
        const struct event *event;
        Reporting__ChangeCause cause;
        const Types__Day *on; /* on which it happened; NULL: when it was recorded */
        const char *reason;   /* NULL: none */
        uint32_t rows;        /* of changes, so far */
};

/* Of a contract: what is demanded, passed on, waived. What the event says of itself is filled in. */
void take_owed(struct taking *taking, struct id contract, Reporting__OwedChange change);
/* Of an obligation: work. `day`, `month`, figures and beneficiary are told. */
void take_work(struct taking *taking, struct id obligation, struct work_change change);
/* Of the sums of a year and territory; `table`: T_DEMAND_MONTH or T_ACTIVITY_MONTH. */
void take_sums(struct taking *taking, size_t table, uint32_t year, const char *territory, const struct counted *more);

#endif
