/* Lists on their way in, and what is handed back. */
#include "services/ctl/list_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/import/columns.h"
#include "services/ctl/options.h"

enum { PART_BYTES_MAX = 100 * 1024, PART_ROWS_MAX = 500 };

/* ---- the file */

static bool ends_with(const char *text, const char *end)
{
        size_t length = strlen(text), end_length = strlen(end);
        return length >= end_length && strcasecmp(text + length - end_length, end) == 0;
}

static bool open_table(struct list_file *file, struct arena *arena)
{
        struct err_info info = {0};
        file->sheet = "";
        return table_open(file->path, arena, &file->table, &info) == 0 ||
               complain("%s : %s.", file->path, info.text) == 0;
}

bool list_file_take(struct list_file *file, size_t sheet, struct arena *arena)
{
        struct err_info info = {0};
        file->sheet = file->book.sheets[sheet].name;
        return workbook_table(&file->book, sheet, arena, &file->table, &info) == 0 ||
               complain("%s, feuille « %s » : %s.", file->path, file->sheet, info.text) == 0;
}

static bool open_workbook(struct list_file *file, struct arena *arena)
{
        char name[] = "/tmp/guichetctl-XXXXXX";
        struct err_info info = {0};
        int book = open(file->path, O_RDONLY | O_CLOEXEC);
        if (book < 0)
                return complain("%s : %s.", file->path, strerror(errno)) == 0;
        int spare = mkostemp(name, O_CLOEXEC);
        if (spare < 0) {
                (void)close(book);
                return complain("%s : %s.", name, strerror(errno)) == 0;
        }
        (void)unlink(name);
        bool done = workbook_open(book, spare, arena, &file->book, &info) == 0 ||
                    complain("%s : %s.", file->path, info.text) == 0;
        (void)close(spare);
        (void)close(book);
        return done && (file->book.count > 1 || list_file_take(file, 0, arena));
}

bool list_file_open(const char *path, struct arena *arena, struct list_file *ret)
{
        *ret = (struct list_file){.path = path};
        bool workbook = ends_with(path, ".xlsx") || ends_with(path, ".xlsm");
        return workbook ? open_workbook(ret, arena) : open_table(ret, arena);
}

void list_file_close(struct list_file *file)
{
        workbook_close(&file->book);
}

size_t list_file_sheet(const struct list_file *file, const char *name)
{
        for (size_t i = 0; i < file->book.count; i++)
                if (strcmp(file->book.sheets[i].name, name) == 0)
                        return i;
        for (size_t i = 0; i < file->book.count; i++)
                if (words_equal(file->book.sheets[i].name, name))
                        return i;
        return file->book.count;
}

char *list_file_sheets(const struct list_file *file, struct arena *arena)
{
        char *text = arena_text(arena, "");
        for (size_t i = 0; i < file->book.count; i++)
                text = arena_printf(arena, "%s%s« %s »", text, i > 0 ? ", " : "", file->book.sheets[i].name);
        return text;
}

bool list_file_head(struct list_file *file, uint64_t header)
{
        file->header_at = header > 0 ? header - 1 : table_header(&file->table);
        if (file->header_at >= file->table.count)
                return complain("%s : %s.", file->path,
                                header > 0 ? "la liste n'a pas cette ligne de titres" : "la liste est vide") == 0;
        return true;
}

const struct table_row *list_file_header(const struct list_file *file)
{
        return &file->table.rows[file->header_at];
}

size_t list_file_columns(const struct list_file *file)
{
        const struct table_row *header = list_file_header(file);
        size_t count = header->count;
        while (count > 0 && text_is_empty(header->cells[count - 1]))
                count--;
        return count;
}

/* ---- parts */

static size_t bytes_of(const struct table_row *row)
{
        size_t bytes = 16;
        for (size_t i = 0; i < row->count; i++)
                bytes += strlen(row->cells[i]) + 4;
        return bytes;
}

size_t list_file_part(const struct list_file *file, size_t at, struct arena *arena, Types__ListRow ***ret_rows,
                      size_t *ret_count)
{
        Types__ListRow **rows = arena_alloc(arena, PART_ROWS_MAX * sizeof(*rows));
        size_t bytes = 0, count = 0;
        for (; at < file->table.count && count < PART_ROWS_MAX; at++) {
                const struct table_row *from = &file->table.rows[at];
                bytes += bytes_of(from);
                if (bytes > PART_BYTES_MAX && count > 0)
                        break;
                rows[count] = pb_new(&types__list_row__descriptor, arena);
                rows[count]->number = from->number;
                rows[count]->cells = from->cells;
                rows[count++]->n_cells = from->count;
        }
        *ret_rows = rows;
        *ret_count = count;
        return at;
}

/* ---- what is not taken */

static const char doubtful[] = "remplacerait d'autres données déjà enregistrées : choisissez la ligne pour la prendre";

/* Of a row that is taken: a cell that is to be mended, or what is odd about it. */
static void print_warning(uint32_t number, const Types__CellError *warning)
{
        if (warning->column[0] == '\0' || warning->cell[0] == '\0')
                (void)printf("  ligne %u, à vérifier : %s\n", number, warning->text);
        else
                (void)printf("  ligne %u gardée, à corriger : colonne « %s », « %s » : %s\n", number, warning->column,
                             warning->cell, warning->text);
}

void verdicts_print(Types__RowVerdict *const *rows, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                const Types__RowVerdict *row = rows[i];
                if (row->outcome == TYPES__ROW_OUTCOME__ROW_DOUBTFUL)
                        (void)printf("  ligne %u (%s) : %s.\n", row->number, row->title, doubtful);
                for (size_t j = 0; j < row->n_errors; j++) {
                        const Types__CellError *error = row->errors[j];
                        (void)printf("  ligne %u", row->number);
                        if (error->column[0] != '\0')
                                (void)printf(", colonne « %s »", error->column);
                        (void)printf("%s%s%s : %s\n", error->cell[0] != '\0' ? ", « " : "", error->cell,
                                     error->cell[0] != '\0' ? " »" : "", error->text);
                }
                for (size_t j = 0; j < row->n_warnings; j++)
                        print_warning(row->number, row->warnings[j]);
        }
}

static char *reason_of(const Types__RowVerdict *row, struct arena *arena)
{
        char *text = arena_text(arena, row->outcome == TYPES__ROW_OUTCOME__ROW_DOUBTFUL ? doubtful : "");
        for (size_t i = 0; i < row->n_errors; i++)
                text = arena_printf(arena, "%s%s%s%s%s", text, text[0] != '\0' ? " ; " : "", row->errors[i]->column,
                                    row->errors[i]->column[0] != '\0' ? " : " : "", row->errors[i]->text);
        return text;
}

/* Cells as they came, as many as there are columns, and the last one. */
static bool write_row(struct list_file *file, const struct table_row *row, char *last, struct arena *arena)
{
        size_t count = list_file_columns(file);
        char **cells = arena_alloc(arena, (count + 1) * sizeof(*cells));
        for (size_t i = 0; i < count; i++)
                cells[i] = i < row->count ? row->cells[i] : arena_text(arena, "");
        cells[count] = last;
        int err = table_write_row(&file->rejects, cells, count + 1);
        return err == 0 || complain("%s : %s.", file->rejects_path, strerror(-err)) == 0;
}

bool list_rejects_open(struct list_file *file, const char *path)
{
        scoped(arena_fini) struct arena arena = {0};
        if (path == NULL)
                return true;
        FILE *out = fopen(path, "we");
        if (out == NULL)
                return complain("%s : %s.", path, strerror(errno)) == 0;
        file->rejects_path = path;
        file->rejects = (struct table_writer){.out = out,
                                              .separator = file->table.separator,
                                              .encoding = file->table.encoding,
                                              .has_mark = file->table.has_mark};
        return write_row(file, list_file_header(file), arena_text(&arena, "Motif du rejet"), &arena);
}

bool list_rejects_write(struct list_file *file, Types__RowVerdict *const *rows, size_t count)
{
        scoped(arena_fini) struct arena arena = {0};
        for (size_t i = 0; i < count && file->rejects.out != NULL; i++) {
                if (rows[i]->outcome != TYPES__ROW_OUTCOME__ROW_REJECTED &&
                    rows[i]->outcome != TYPES__ROW_OUTCOME__ROW_DOUBTFUL)
                        continue;
                require(rows[i]->number > 0 && rows[i]->number <= file->table.count);
                if (!write_row(file, &file->table.rows[rows[i]->number - 1], reason_of(rows[i], &arena), &arena))
                        return false;
        }
        return true;
}

bool list_rejects_close(struct list_file *file)
{
        FILE *out = file->rejects.out;
        file->rejects.out = NULL;
        return out == NULL || fclose(out) == 0 || complain("%s : %s.", file->rejects_path, strerror(errno)) == 0;
}
