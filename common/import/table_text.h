/* table_text.h: a text file of unknown encoding as UTF-8 with plain line ends. Called by table.c. */
#ifndef COMMON_IMPORT_TABLE_TEXT_H
#define COMMON_IMPORT_TABLE_TEXT_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/slice.h"

/* The text in the arena, without a mark at its start, every line end a "\n"; bytes that stand for nothing in the
 * encoding become "?". *ret_encoding: as table.h names it. ERR_MALFORMED where it is no text. */
int table_plain_text(struct slice bytes, struct arena *arena, struct slice *ret_text, const char **ret_encoding,
                     struct err_info *info) ATTR_MUST_CHECK;

/* The separator that makes the most even rows; ';' where none does. Of the first rows of a text that table_plain_text()
 * made.
 */
char table_separator(struct slice text);

/* Whether it begins with the mark of an encoding. */
bool table_has_mark(struct slice bytes);

#endif
