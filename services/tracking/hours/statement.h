/* statement.h: the rules on a month's hours that no data changes (checks.h has the others). Pure: no store, no clock.
 *
 * `struct statement` IS the row of table "hours", byte for byte: 32 bytes, host byte order. */
#ifndef SERVICES_TRACKING_HOURS_STATEMENT_H
#define SERVICES_TRACKING_HOURS_STATEMENT_H

#include "common/base/quantity.h"
#include "services/tracking/placements/placement.h"
#include "tracking/hours.pb-c.h"

enum statement_mark {
        STATEMENT_UNMARKED,
        STATEMENT_RETURNED,   /* to who stated it: to be stated again */
        STATEMENT_TO_CHECK,   /* validated, and the placement ended before */
        STATEMENT_TAKEN_BACK, /* an import was undone: nothing is stated; what was is in the history */
};

struct statement {
        uint32_t submitted_hundredths;
        uint32_t validated_hundredths; /* STATEMENT_NOT_VALIDATED */
        uint64_t version;              /* number of the event that changed it last */
        uint64_t stated;               /* number of the event that stated it */
        uint32_t training_hundredths;  /* besides those submitted */
        uint32_t mark;                 /* enum statement_mark */
};
_Static_assert(sizeof(struct statement) == 32, "the row of a statement has no holes");

#define STATEMENT_NOT_VALIDATED UINT32_MAX

static inline bool statement_is_validated(const struct statement *statement)
{
        return statement->validated_hundredths != STATEMENT_NOT_VALIDATED;
}

/* Worked and in training. */
static inline int64_t statement_stated(const struct statement *statement)
{
        return (int64_t)statement->submitted_hundredths + statement->training_hundredths;
}

/* Hundredths of an hour as they stand: validated, else stated. */
static inline int64_t statement_counts(const struct statement *statement)
{
        return statement_is_validated(statement) ? statement->validated_hundredths : statement_stated(statement);
}

/* What of the stated hours counts for the obligation. */
int64_t statement_declared(const struct statement *statement, const Tracking__HoursVersion *rules);

/* NULL: nothing is stated. */
Tracking__HoursState statement_state(const struct statement *statement);

/* May this statement be made? `before` is the month's statement so far, NULL if there is none. */
bool statement_may_submit(const struct placement *placement, const struct statement *before, const Types__Month *month,
                          struct day today, struct refusal *ret);

/* May the month be validated, at whatever figure. */
bool statement_may_validate(const struct statement *before, struct refusal *ret);

/* May it be sent back. */
/* A day on which it was stated, validated or sent back, where one is told: not before the month. `field`: of the
 * request. */
bool statement_day_is_sound(const Types__Day *day, struct month month, const char *field,
                            struct refusal *ret) ATTR_MUST_CHECK;
bool statement_may_return(const struct statement *before, struct refusal *ret);

/* The days of `month` on which the placement ran; false where there are none. */
bool placement_days_in(const struct placement *placement, struct month month, struct day *ret_first,
                       struct day *ret_last);

#endif
