/* programme_list.h: what ImportProgramme does and PreviewProgramme shows: a buyer's list, row after row, against what
 * is known of its programme. Reads rows of the store, records nothing. Everything lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_LIST_H
#define SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_LIST_H

#include "services/contracts/programming/line_reading.h"
#include "services/contracts/programming/programme_columns.h"
#include "services/contracts/programming/programming_rows.h"

struct programme_list {
        const Contracts__ImportProgramme *command;
        Contracts__ProgrammeSettings *settings; /* what will be remembered of the buyer */
        bool settings_changed;
        struct columns columns;
        struct list_reading list;
        Contracts__ImportProgrammeReply *reply; /* filled in by programme_list_row() */
        const char **names;                     /* of the lines met, by row of the command */
};

/* Who asks, for whom, which columns. False with *ret_refusal. */
bool programme_list_open(struct work *work, const Contracts__ImportProgramme *command, struct programme_list *ret,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What comes of row `index`: its report is in the reply. */
struct programme_list_row {
        Types__RowVerdict *report;
        Contracts__ProgrammeLine *line;           /* NULL: empty or rejected */
        const Contracts__ProgrammeLineRow *known; /* NULL: a new one */
        char *contact;
};
struct programme_list_row programme_list_row(const struct work *work, struct programme_list *intake, size_t index);

#endif
