/* workbook.h: a spreadsheet's own file (.xlsx) for tests, made with the program zip: one sheet of the rows given, and
 * as many blanks behind them as are asked for, which take no room in the file but in whoever unpacks it. */
#ifndef TESTS_LIB_WORKBOOK_H
#define TESTS_LIB_WORKBOOK_H

#include <stddef.h>

/* Written at `path`, which ends with ".xlsx". Cells of a row are separated by "|", rows by "\n"; at most 26 cells.
 * What fails aborts the test. */
void workbook_make(const char *path, const char *rows, size_t blanks);

#endif
