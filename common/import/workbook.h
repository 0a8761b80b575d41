/* workbook.h: the sheets of a spreadsheet's own file (.xlsx) as rows (table.h). Not a parser: ZIP and XML of strangers
 * are read by the program xlsx2csv, never by the caller's process (docs/decisions/0014). Called by guichetctl and by
 * guichet-table. Hidden sheets, where spreadsheets keep lists of choices, are passed over. */
#ifndef COMMON_IMPORT_WORKBOOK_H
#define COMMON_IMPORT_WORKBOOK_H

#include "common/import/table.h"

enum { WORKBOOK_SHEETS_MAX = 64 };

struct workbook_sheet {
        const char *name; /* "" where it is not known */
        struct slice text;
};

/* Its visible sheets, in their order; at most WORKBOOK_SHEETS_MAX. */
struct workbook {
        struct workbook_sheet sheets[WORKBOOK_SHEETS_MAX];
        size_t count;
        void *mapped;
        size_t size;
};

bool workbook_is(struct slice start); /* by its first bytes: any ZIP archive */

/* `file` is open for reading, at whatever place; `spare` is an empty file without a name, for the rows in between. Both
 * stay the caller's. ERR_MALFORMED with a French text, also where every sheet is hidden. */
int workbook_open(int file, int spare, struct arena *arena, struct workbook *ret,
                  struct err_info *info) ATTR_MUST_CHECK;
void workbook_close(struct workbook *book); /* accepts a zeroed one; its tables stay */
int workbook_table(const struct workbook *book, size_t sheet, struct arena *arena, struct table *ret,
                   struct err_info *info) ATTR_MUST_CHECK;

/* The table of the first sheet whose rows name three columns at least; of the first, where none does. For whoever
 * cannot ask which sheet is meant. */
int workbook_read(int file, int spare, struct arena *arena, struct table *ret, struct err_info *info) ATTR_MUST_CHECK;

#endif
