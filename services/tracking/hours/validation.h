/* validation.h: a month's hours vouched for: what ValidateHours is asked, and each decision of ValidateMonth, by the
 * same rules. A figure that a check blocks is refused. Another figure than was stated, a correction, and a figure with
 * a warning need a reason, which is kept, sealed, and told to who stated it. Reads rows, records one event. */
#ifndef SERVICES_TRACKING_HOURS_VALIDATION_H
#define SERVICES_TRACKING_HOURS_VALIDATION_H

#include "common/service/work.h"
#include "services/tracking/hours/checks.h"
#include "services/tracking/hours/statement.h"

struct validation {
        const Tracking__ValidateHours *command;
        struct placement placement;
        struct statement before;
        struct findings findings; /* of the figure */
        int64_t declared, figure; /* hundredths */
        bool is_said_again;       /* it stands so already: nothing is to be recorded */
};

/* False with *ret_refusal. Whose it is, the caller has asked. */
bool validation_may_be_made(const struct work *work, const Tracking__ValidateHours *command, struct validation *ret,
                            struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* Errors of work_seal(), and then nothing is recorded. */
int validation_record(struct work *work, const struct validation *validation) ATTR_MUST_CHECK;

#endif
