/* table.h: the rows of a list that a person made with a spreadsheet, saved as CSV. Called by guichetctl (import
 * programme, import hours), guichet-table (files of the gateway) and the fuzzer;
 * written back: common/export/table_write.h.
 *
 * Found out by itself: the encoding (UTF-8 with or without its mark, else Windows-1252; UTF-16 with its mark), the
 * separator (";", "," or a tab; also a first line "sep=;"), the line ends. Quotes are read as spreadsheets write them;
 * a quote that is never closed is an error, told with its row. Blanks around a cell that is not quoted go.
 *
 * A list is small: it is held in the arena as a whole. Texts in `struct err_info` are French: they are for the person
 * who gave the file. */
#ifndef COMMON_IMPORT_TABLE_H
#define COMMON_IMPORT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/slice.h"

enum {
        TABLE_BYTES_MAX = 16 * 1024 * 1024, /* the largest programme seen has some hundred rows */
        TABLE_ROWS_MAX = 50000,
        TABLE_CELLS_MAX = 200, /* of a row */
};

struct table_row {
        uint32_t number; /* in the file, from 1: what a spreadsheet shows beside it */
        char **cells;    /* UTF-8, terminated; "" where empty */
        size_t count;
};

struct table {
        struct table_row *rows; /* with those that are empty */
        size_t count;
        const char *encoding; /* "UTF-8", "Windows-1252", "UTF-16" */
        bool has_mark;        /* the encoding was told by the mark at the beginning */
        uint8_t hash[32];     /* BLAKE2b-256 of the bytes: the same list is known again by it */
        char separator;
};

/* 0; -errno; ERR_MALFORMED where it is no such list (compressed, too large, a quote without end). */
int table_open(const char *path, struct arena *arena, struct table *ret, struct err_info *info) ATTR_MUST_CHECK;
int table_read(struct slice bytes, struct arena *arena, struct table *ret, struct err_info *info) ATTR_MUST_CHECK;

/* The row that names the columns: the first with three filled cells; with two, with one, where no row has more. The
 * count of rows where none is filled. */
size_t table_header(const struct table *table);
/* Whether some row has so many filled cells. */
bool table_names_columns(const struct table *table, size_t count);

#endif
