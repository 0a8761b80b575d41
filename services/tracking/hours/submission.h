/* submission.h: a month's hours as somebody states them: what SubmitHours and CopyHours are asked, and each row of a
 * list (hours_list.h), by the same rules. Reads rows, records one event. */
#ifndef SERVICES_TRACKING_HOURS_SUBMISSION_H
#define SERVICES_TRACKING_HOURS_SUBMISSION_H

#include "common/service/work.h"
#include "services/tracking/hours/checks.h"
#include "services/tracking/hours/statement.h"

struct submission {
        const Tracking__SubmitHours *command;
        struct placement placement;
        struct statement before; /* where is_known */
        bool is_known;           /* something is stated of the month */
        struct findings findings;
};

/* Finds the placement and its month. False with *ret_refusal: there is none. Whose it is, the caller asks. */
bool submission_find(const struct work *work, const Tracking__SubmitHours *command, struct submission *ret,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* Fills in what is found of it, warnings too. */
bool submission_may_be_made(const struct work *work, struct submission *submission,
                            struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The same figures as stand there, which nobody has sent back. */
bool submission_is_same(const struct submission *submission);
/* `batch` and `source` (HoursSource, encoded): of a row of a list; NULL and empty: of none. */
void submission_record(struct work *work, const struct submission *submission, const Types__Id *batch,
                       struct slice source);

#endif
