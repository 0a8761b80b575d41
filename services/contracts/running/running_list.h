/* running_list.h: what ImportRunning does and PreviewRunning shows: a list of running contracts, row after row, by the
 * rules of the single commands. Reads rows of the store, records nothing. Everything lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_RUNNING_RUNNING_LIST_H
#define SERVICES_CONTRACTS_RUNNING_RUNNING_LIST_H

#include "common/service/intake.h"
#include "services/contracts/running/running.h"
#include "services/contracts/running/running_model.h"

struct running_line {
        const Types__ListRow *row;
        bool is_above;                     /* of the part before: it presents, and has no verdict here */
        struct running_contract *contract; /* NULL: the row is not taken */
        struct judged judged;
        bool is_taken; /* to be recorded */
};

struct running_list {
        struct intake intake;
        struct running_reading reading;
        struct running_model model;
        struct running_line *lines; /* those above, then those of the list */
        size_t line_count, above_count;
};

/* What is asked of a list: the fields of either message. */
struct running_question {
        const Contracts__ImportRunning *command;
        Types__ListRow *const *above;
        size_t above_count;
};

/* Where it is given, which columns; then every row is judged. False with *ret_refusal. */
bool running_list_judge(struct work *work, const struct running_question *question, struct running_list *ret,
                        struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
