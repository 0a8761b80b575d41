/* workbook.h: a spreadsheet's own file (.xlsx) for tests, made with the program zip: sheets of the rows given, and as
 * many blanks behind them as are asked for, which take no room in the file but in whoever unpacks it. */
#ifndef TESTS_LIB_WORKBOOK_H
#define TESTS_LIB_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>

/* Written at `path`, which ends with ".xlsx". Cells of a row are separated by "|", rows by "\n"; at most 26 cells.
 * What fails aborts the test. */
void workbook_make(const char *path, const char *rows, size_t blanks);

/* The same of several sheets, each with its name; one may be hidden. */
struct workbook_part {
        const char *name, *rows;
        bool is_hidden;
};
void workbook_make_of(const char *path, const struct workbook_part *parts, size_t count);

#endif
