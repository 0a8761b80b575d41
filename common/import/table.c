#include "common/import/table.h"

#include <csv.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/import/table_text.h"

/* ---- rows, as libcsv hands them out */

struct building {
        struct arena *arena;
        struct table table;
        struct table_row row; /* not ended yet */
        uint32_t number;      /* of that row */
        size_t row_room, table_room;
        const char *too_much; /* French; NULL: all is well */
};

/* Room for one more. Doubles, from 16. */
static void *grown(void *array, size_t count, size_t *room, size_t size, struct arena *arena)
{
        if (count < *room)
                return array;
        *room = *room == 0 ? 16 : *room * 2;
        void *larger = arena_alloc(arena, *room * size);
        if (count > 0)
                memcpy(larger, array, count * size);
        return larger;
}

static void on_cell(void *bytes, size_t size, void *argument)
{
        struct building *to = argument;
        if (to->row.count == TABLE_CELLS_MAX) {
                to->too_much = "plus de 200 colonnes : est-ce bien une liste ?";
                return;
        }
        char *cell = arena_alloc(to->arena, size + 1);
        if (size > 0)
                memcpy(cell, bytes, size);
        cell[size] = '\0';
        to->row.cells = grown(to->row.cells, to->row.count, &to->row_room, sizeof(*to->row.cells), to->arena);
        to->row.cells[to->row.count++] = cell;
}

static void on_row(int ended_by, void *argument)
{
        (void)ended_by;
        struct building *to = argument;
        if (to->table.count == TABLE_ROWS_MAX) {
                to->too_much = "plus de 50 000 lignes : est-ce bien une liste ?";
                return;
        }
        to->row.number = ++to->number;
        to->table.rows = grown(to->table.rows, to->table.count, &to->table_room, sizeof(*to->table.rows), to->arena);
        to->table.rows[to->table.count++] = to->row;
        to->row = (struct table_row){0};
        to->row_room = 0;
}

static int parse(struct slice text, struct building *to, struct err_info *info)
{
        enum { PIECE = 4096 }; /* so that too much is seen soon */
        struct csv_parser parser;
        require(csv_init(&parser, CSV_REPALL_NL) == 0);
        csv_set_delim(&parser, (unsigned char)to->table.separator);
        int err = 0;
        for (size_t at = 0; at < text.size && to->too_much == NULL && err == 0; at += PIECE) {
                size_t size = text.size - at < PIECE ? text.size - at : PIECE;
                if (csv_parse(&parser, text.data + at, size, on_cell, on_row, to) != size)
                        err = csv_error(&parser);
        }
        /* A stray quote inside a cell is a quote; one that never closes has swallowed rows. */
        require(csv_set_opts(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0);
        if (err == 0 && to->too_much == NULL && csv_fini(&parser, on_cell, on_row, to) != 0)
                err = csv_error(&parser);
        csv_free(&parser);
        if (to->too_much != NULL)
                return err_set(info, ERR_MALFORMED, "%s", to->too_much);
        if (err != 0)
                return err_set(info, ERR_MALFORMED, "ligne %u : un guillemet ouvert n'est jamais fermé",
                               to->number + 1);
        return 0;
}

/* ---- the file */

/* "sep=;" on a first line of its own: what spreadsheets write for each other. */
static struct slice take_separator(struct slice text, char *ret)
{
        static const char start[] = "sep=";
        size_t size = sizeof(start) - 1;
        if (slice_starts_with(text, slice_of_text(start)) && text.size > size + 1 && text.data[size + 1] == '\n' &&
            strchr(";,\t|", text.data[size]) != NULL) {
                *ret = (char)text.data[size];
                return slice_of(text.data + size + 2, text.size - size - 2);
        }
        *ret = table_separator(text);
        return text;
}

int table_read(struct slice bytes, struct arena *arena, struct table *ret, struct err_info *info)
{
        struct building to = {.arena = arena};
        struct slice text;

        if (bytes.size > TABLE_BYTES_MAX)
                return err_set(info, ERR_MALFORMED, "plus de 16 Mio : est-ce bien une liste ?");
        require(crypto_generichash(to.table.hash, sizeof(to.table.hash), bytes.data, bytes.size, NULL, 0) == 0);
        to.table.has_mark = table_has_mark(bytes);
        int err = table_plain_text(bytes, arena, &text, &to.table.encoding, info);
        if (err != 0)
                return err;
        text = take_separator(text, &to.table.separator);
        err = parse(text, &to, info);
        if (err != 0)
                return err;
        *ret = to.table;
        return 0;
}

int table_open(const char *path, struct arena *arena, struct table *ret, struct err_info *info)
{
        FILE *file = fopen(path, "re");
        if (file == NULL)
                return err_set(info, -errno, "%s", strerror(errno));
        char *bytes = arena_alloc(arena, TABLE_BYTES_MAX + 1);
        size_t size = fread(bytes, 1, TABLE_BYTES_MAX + 1, file);
        bool failed = ferror(file) != 0;
        require(fclose(file) == 0);
        if (failed)
                return err_set(info, ERR_MALFORMED, "la lecture s'est interrompue");
        return table_read(slice_of(bytes, size), arena, ret, info);
}

static size_t count_filled(const struct table_row *row)
{
        size_t filled = 0;
        for (size_t i = 0; i < row->count; i++)
                filled += !text_is_empty(row->cells[i]);
        return filled;
}

bool table_names_columns(const struct table *table, size_t count)
{
        for (size_t i = 0; i < table->count; i++)
                if (count_filled(&table->rows[i]) >= count)
                        return true;
        return false;
}

size_t table_header(const struct table *table)
{
        for (size_t least = 3; least > 0; least--)
                for (size_t i = 0; i < table->count; i++)
                        if (count_filled(&table->rows[i]) >= least)
                                return i;
        return table->count;
}
