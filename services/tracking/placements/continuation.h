/* continuation.h: a placement that continues another one of the same person: changes of contract or employer as one
 * pathway. One continues one at most, and is continued by one; between both there may be days without work, never two
 * contracts at once. What is said of two persons, since their files were set apart, is said of nothing. */
#ifndef SERVICES_TRACKING_PLACEMENTS_CONTINUATION_H
#define SERVICES_TRACKING_PLACEMENTS_CONTINUATION_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"

/* Zero: there is none. */
struct id continuation_next(struct txn *txn, struct id placement);
struct id continuation_before(struct txn *txn, struct id placement, struct arena *arena);
static inline bool continuation_goes_on(struct txn *txn, struct id placement)
{
        return !id_is_zero(continuation_next(txn, placement));
}

struct continuation {
        struct id earlier, own; /* own: zero where it opens now */
        struct id beneficiary;
        struct day starts_on;
};
bool continuation_may_be(const struct work *work, const struct continuation *wanted,
                         struct refusal *ret) ATTR_MUST_CHECK;

/* With other days (DAY_OPEN_NUMBER: no last one), does it still stand between the one before and the one behind? */
struct continued_days {
        struct id placement;
        struct day first, last;
        const char *field; /* of the last day, in the command */
};
bool continuation_holds(const struct work *work, const struct continued_days *days,
                        struct refusal *ret) ATTR_MUST_CHECK;

/* Of one that is continued nobody is asked what became of her: an outcome is told of the last. */
bool continuation_asks_outcome(const struct work *work, struct id placement, const char *field,
                               struct refusal *ret) ATTR_MUST_CHECK;

#endif
