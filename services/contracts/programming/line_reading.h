/* line_reading.h: one row of a buyer's list, as a line of its programme, or why it is none. Pure. Called by
 * programme_list.c.
 */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_LINE_READING_H
#define SERVICES_CONTRACTS_PROGRAMMING_LINE_READING_H

#include "common/import/row_reading.h"
#include "contracts/programming.pb-c.h"

struct line_reading {
        bool is_empty;                  /* no cell of ours says anything */
        Contracts__ProgrammeLine *line; /* NULL: empty, or it cannot be told which one it is */
        char *contact;                  /* "": not told */
        Types__CellError **errors;      /* every cell that was not understood; of a line: to mend */
        size_t error_count;
};

/* What all rows of a list share. */
struct list_reading {
        const Contracts__ProgrammeWordsVersion *words;
        const struct columns *columns;
        uint32_t year; /* of the programme, for dates that do not say theirs */
};

/* Everything is in the arena, or the row's. */
struct line_reading line_read(const struct list_reading *list, const Types__ListRow *row, struct arena *arena);

#endif
