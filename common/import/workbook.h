/* workbook.h: the first sheet of a spreadsheet's own file (.xlsx, .xlsm) as a table. What it holds, ZIP and XML, is
 * read by the program xlsx2csv, never by the caller's process (docs/decisions/0014). Called by guichetctl and by
 * guichet-table, the program that reads files for the gateway. Texts in `struct err_info` are French. */
#ifndef COMMON_IMPORT_WORKBOOK_H
#define COMMON_IMPORT_WORKBOOK_H

#include "common/import/table.h"

/* By its first bytes: a workbook, or another archive of that form. */
bool workbook_is(struct slice start);

/* `file` is open for reading, at whatever place; `spare` is an empty file without a name, for the rows in between. Both
 * stay the caller's. 0; ERR_MALFORMED; -errno. Days come as the spreadsheet's numbers (common/import/cells.h). */
int workbook_read(int file, int spare, struct arena *arena, struct table *ret, struct err_info *info) ATTR_MUST_CHECK;

#endif
