/* standing.h: how a person stands today, and who acts next. Pure but for grants_to_check(). The standing tells no
 * criterion; what is told of it to whom is the caller's to decide. */
#ifndef SERVICES_TRACKING_ELIGIBILITY_STANDING_H
#define SERVICES_TRACKING_ELIGIBILITY_STANDING_H

#include "common/base/day.h"
#include "services/tracking/persons/beneficiary.h"
#include "tracking/state.pb-c.h"

struct standing {
        Tracking__EligibilityStanding standing;
        bool waits;                                /* a decision waits for another's eyes */
        struct day from, until;                    /* of the period that holds, the next, or the last one */
        bool has_period;                           /* there is such a one */
        const Tracking__DecisionRow *refusal;      /* that refused her; NULL: none */
        const Tracking__SuspensionRow *suspension; /* that holds today; NULL: none */
};
struct standing standing_of(const Tracking__EligibilityRow *row, struct day today);

/* Another file of hers says more: she is eligible today by it. */
void standing_join(struct standing *standing, const struct period *periods, size_t count, struct day today);

struct next_step {
        Tracking__EligibilityAction action;
        const char *actor; /* in words; "": nobody */
        struct day before;
        bool has_day;
};
/* `due_days`: how long before its end an eligibility is to be renewed; `to_check`: hours that nothing covers. */
struct next_step standing_next(const struct standing *standing, struct day today, uint32_t due_days, bool to_check);

/* What others than facilitators are told: eligible until, waiting, or not. */
Tracking__EligibilityStanding standing_for_others(Tracking__EligibilityStanding standing);

/* Can there be hours that nothing covers? Only where something was taken back. */
bool standing_may_have_to_check(const Tracking__EligibilityRow *row);

#endif
