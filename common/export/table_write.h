/* table_write.h: rows of a list written back as the spreadsheet that they came from writes them: the same encoding
 * (with its mark, where it had one), the same separator, quotes where a cell needs them, "\r\n" at the end of a row.
 * The inverse of common/import/table.h. Cells are UTF-8; what the encoding lacks becomes "?". Called by guichetctl
 * (rejects).
 *
 *      struct table_writer writer = {.out = file, .separator = ';', .encoding = "Windows-1252"};
 *      table_write_row(&writer, cells, count) …
 *
 * 0, or -errno of the first write that failed. A text that a spreadsheet would take for a formula is written as it is:
 * it goes back to whoever sent it. */
#ifndef COMMON_EXPORT_TABLE_WRITE_H
#define COMMON_EXPORT_TABLE_WRITE_H

#include <stdbool.h>
#include <stdio.h>

#include "common/base/attr.h"

struct table_writer {
        FILE *out;
        char separator;
        const char *encoding; /* "UTF-8", "Windows-1252", "UTF-16" */
        bool has_mark;
        bool is_begun; /* inside */
};

int table_write_row(struct table_writer *writer, char *const *cells, size_t count) ATTR_MUST_CHECK;

#endif
