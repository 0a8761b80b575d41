/* programme_list.h: what ImportProgramme does and PreviewProgramme shows: a buyer's list, row after row, against what
 * is known of its programme. Reads rows of the store, records nothing. Everything lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_LIST_H
#define SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_LIST_H

#include "common/service/intake.h"
#include "services/contracts/programming/line_reading.h"
#include "services/contracts/programming/programming_rows.h"

struct programme_row {
        Contracts__ProgrammeLine *line;           /* NULL: empty or wrong */
        const Contracts__ProgrammeLineRow *known; /* NULL: a new one */
        char *contact;
        bool is_same_contact; /* the one that is known */
        bool is_taken;        /* to be recorded */
};

struct programme_list {
        const Contracts__ImportProgramme *command;
        Contracts__ProgrammeSettings *settings; /* what will be remembered of the buyer */
        bool settings_changed;
        struct intake intake;
        struct list_reading reading;
        struct programme_row *rows; /* as many as the list has, judged */
};

/* Who asks, for whom, which columns; then every row is judged. False with *ret_refusal. */
bool programme_list_judge(struct work *work, const Contracts__ImportProgramme *command, struct programme_list *ret,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
