/* list_file.h: a list that a person made with a spreadsheet, CSV or .xlsx, on its way to a daemon in parts, and the
 * rows that the daemon did not take, written back in the sender's own columns with one more that says why. For the
 * verbs of import. Everything is in the arena given; failures are told on standard error, in French. */
#ifndef SERVICES_CTL_LIST_FILE_H
#define SERVICES_CTL_LIST_FILE_H

#include "common/export/table_write.h"
#include "common/import/workbook.h"
#include "types.pb-c.h"

struct list_file {
        const char *path;
        struct workbook book; /* no sheets: it is CSV */
        const char *sheet;    /* the one that is taken; "" of CSV */
        struct table table;
        size_t header_at;
        /* the rejects */
        const char *rejects_path; /* NULL: not asked for */
        struct table_writer rejects;
};

/* Opens it. Of CSV, and of a workbook with one sheet, the table is taken: file->sheet says so. */
bool list_file_open(const char *path, struct arena *arena, struct list_file *ret) ATTR_MUST_CHECK;
void list_file_close(struct list_file *file); /* accepts a zeroed one */
/* Takes that sheet. */
bool list_file_take(struct list_file *file, size_t sheet, struct arena *arena) ATTR_MUST_CHECK;
/* The sheet of that name; the count of sheets: there is none that can be seen. */
size_t list_file_sheet(const struct list_file *file, const char *name);
/* "« Lisez-moi », « 2027 »" */
char *list_file_sheets(const struct list_file *file, struct arena *arena);
/* Finds the row that names the columns. `header`: its number; 0: it is found. */
bool list_file_head(struct list_file *file, uint64_t header) ATTR_MUST_CHECK;
const struct table_row *list_file_header(const struct list_file *file);
size_t list_file_columns(const struct list_file *file); /* without what a spreadsheet leaves empty at the right */
/* The rows from `at` on that one command holds. Where the next part begins. */
size_t list_file_part(const struct list_file *file, size_t at, struct arena *arena, Types__ListRow ***ret_rows,
                      size_t *ret_count);

/* What was wrong with each row, cell by cell, for the eye. */
void verdicts_print(Types__RowVerdict *const *rows, size_t count);

/* The rejects: rows that were rejected, and doubtful ones. Corrected, the file is a list that can be given again. */
bool list_rejects_open(struct list_file *file, const char *path) ATTR_MUST_CHECK; /* NULL: none are asked for */
bool list_rejects_write(struct list_file *file, Types__RowVerdict *const *rows, size_t count) ATTR_MUST_CHECK;
bool list_rejects_close(struct list_file *file) ATTR_MUST_CHECK;

#endif
