/* statement.h: the rules on a month's hours. Pure: no store, no clock.
 *
 * `struct statement` IS the row of table "hours", byte for byte: 16 bytes, host byte order. */
#ifndef SERVICES_TRACKING_HOURS_STATEMENT_H
#define SERVICES_TRACKING_HOURS_STATEMENT_H

#include "common/base/quantity.h"
#include "services/tracking/placements/placement.h"

struct statement {
        uint32_t submitted_hundredths;
        uint32_t validated_hundredths; /* STATEMENT_NOT_VALIDATED */
        uint64_t version;              /* number of the event that changed it last */
};
_Static_assert(sizeof(struct statement) == 16, "the row of a statement has no holes");

#define STATEMENT_NOT_VALIDATED UINT32_MAX

/* Hundredths of an hour as they stand: validated, else submitted. */
static inline uint32_t statement_counts(const struct statement *statement)
{
        return statement->validated_hundredths != STATEMENT_NOT_VALIDATED ? statement->validated_hundredths
                                                                          : statement->submitted_hundredths;
}

/* May this statement be made? `before` is the month's statement so far, NULL if there is none. */
bool statement_may_submit(const struct placement *placement, const struct statement *before,
                          const Tracking__SubmitHours *command, struct day today, struct refusal *ret);

/* May the month be validated, and at what figure: that of the command, or as submitted. */
bool statement_may_validate(const struct placement *placement, const struct statement *before,
                            const Tracking__ValidateHours *command, struct hours *ret_hours, struct refusal *ret);

/* The days of `month` on which the placement ran; false where there are none. */
bool placement_days_in(const struct placement *placement, struct month month, struct day *ret_first,
                       struct day *ret_last);

#endif
