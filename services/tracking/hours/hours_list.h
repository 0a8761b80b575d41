/* hours_list.h: what ImportHours does and PreviewHours shows: an employer's list of hours, row after row, by the rules
 * of SubmitHours. Reads rows of the store, records nothing. Everything lives in the work's arena. */
#ifndef SERVICES_TRACKING_HOURS_HOURS_LIST_H
#define SERVICES_TRACKING_HOURS_HOURS_LIST_H

#include "common/service/intake.h"
#include "services/tracking/hours/submission.h"

#define HOURS_LIST "hours"

struct hours_row {
        struct submission submission;
        bool is_taken;       /* to be recorded */
        struct slice source; /* HoursSource, encoded; empty: the row tells no reference of its own */
};

/* What is asked of a list: the fields of either message. */
struct hours_question {
        const char *territory;
        const Types__Id *sender;
        Types__Month *month;
        const Types__SentList *list;
};

struct hours_list {
        struct intake intake;
        struct id sender;
        Types__Month *month;    /* of the rows that tell none; NULL: each must */
        struct hours_row *rows; /* as many as the list has, judged */
};

/* Whose list, which columns; then every row is judged. False with *ret_refusal. */
bool hours_list_judge(struct work *work, const struct hours_question *question, struct hours_list *ret,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
