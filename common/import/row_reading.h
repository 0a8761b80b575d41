/* row_reading.h: one row of a list that is being read: the cells of its fields, and what is wrong with each. Pure: made
 * for one row, fills itself with errors; all is in the arena, or the row's. Texts are French, for whoever made the
 * list. struct row_reading r = row_begin(&list, row, arena); char *cell = row_cell(&r, FIELD_HOURS); if (cell != NULL
 * && !cell_hours(cell, &hours)) row_wrong(&r, FIELD_HOURS, cell, "Heures non comprises : écrivez…"); */
#ifndef COMMON_IMPORT_ROW_READING_H
#define COMMON_IMPORT_ROW_READING_H

#include "common/import/columns.h"

enum { ROW_TEXT_MAX = 1000 }; /* bytes of a cell that is kept as text */

/* What all rows of a list share. */
struct row_list {
        const struct columns *columns;
        char *const *empty; /* words that stand for "not told": "NC", "à définir" */
        size_t empty_count;
};

struct row_cell;
struct row_reading {
        const struct row_list *list;
        const Types__ListRow *row;
        struct arena *arena;
        struct row_cell *cells;    /* of each field, as far as they were read */
        Types__CellError **errors; /* every cell that was not understood */
        size_t error_count;
};

struct row_reading row_begin(const struct row_list *list, const Types__ListRow *row, struct arena *arena);
/* The cell of a field, without blanks around it and line ends in it; NULL: there is none, or it says nothing. */
char *row_cell(const struct row_reading *r, int field);
/* The same as a text to be kept: "" where there is none, an error where it is longer than ROW_TEXT_MAX. */
char *row_text(struct row_reading *r, int field);
void row_wrong(struct row_reading *r, int field, const char *cell, const char *text);
/* How many fields say something in this row, and how many have a column at all. */
size_t row_count_told(const struct row_reading *r);
size_t row_count_columns(const struct row_reading *r);

/* For a row that is read, what is wrong with it as a whole: the column is a word of ours. In the arena. */
Types__CellError *row_error(const char *column, const char *cell, const char *text, struct arena *arena);

#endif
