#include "common/import/row_reading.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"

enum { SHOWN_MAX = 60, FOLDED_SIZE = 256 };

/* A cell is looked at once, however often it is asked for. */
struct row_cell {
        char *text;
        bool is_read;
};

struct row_reading row_begin(const struct row_list *list, const Types__ListRow *row, struct arena *arena)
{
        return (struct row_reading){
                .list = list,
                .row = row,
                .arena = arena,
                .cells = arena_zalloc(arena, (size_t)list->columns->fields * sizeof(struct row_cell)),
        };
}

/* Folding is dear: a word that begins with another letter or digit, or is shorter, is not the one. */
static bool may_be(const char *word, const char *folded)
{
        char first = word[0];
        if (first >= 'A' && first <= 'Z')
                first = (char)(first | 0x20);
        bool is_plain = (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9');
        return (!is_plain || first == folded[0]) && strlen(word) >= strlen(folded);
}

static bool stands_for_nothing(const struct row_list *list, const char *cell)
{
        char folded[FOLDED_SIZE];
        text_fold(cell, folded, sizeof(folded));
        if (folded[0] == '\0') /* blanks, "-", "?" */
                return true;
        for (size_t i = 0; i < list->empty_count; i++)
                if (may_be(list->empty[i], folded) && words_equal(list->empty[i], cell))
                        return true;
        return false;
}

static char *trimmed(const char *text, struct arena *arena)
{
        while (*text != '\0' && strchr(" \t\r\n", *text) != NULL)
                text++;
        char *copy = arena_text(arena, text);
        for (size_t size = strlen(copy); size > 0 && strchr(" \t\r\n", copy[size - 1]) != NULL; size--)
                copy[size - 1] = '\0';
        for (char *c = copy; *c != '\0'; c++) /* a cell of several lines is one text */
                if (*c == '\n' || *c == '\r' || *c == '\t')
                        *c = ' ';
        return copy;
}

char *row_cell(const struct row_reading *r, int field)
{
        int column = r->list->columns->of[field];
        if (column < 0 || (size_t)column >= r->row->n_cells)
                return NULL;
        struct row_cell *cell = &r->cells[field];
        if (!cell->is_read) {
                char *text = trimmed(r->row->cells[column], r->arena);
                *cell = (struct row_cell){stands_for_nothing(r->list, text) ? NULL : text, true};
        }
        return cell->text;
}

/* The beginning of a long cell. */
static char *shown(const char *cell, struct arena *arena)
{
        size_t size = utf8_cut(cell, SHOWN_MAX);
        return arena_printf(arena, "%.*s%s", (int)size, cell, cell[size] != '\0' ? "…" : "");
}

Types__CellError *row_error(const char *column, const char *cell, const char *text, struct arena *arena)
{
        Types__CellError *error = pb_new(&types__cell_error__descriptor, arena);
        error->column = arena_text(arena, column);
        error->cell = shown(cell, arena);
        error->text = arena_text(arena, text);
        return error;
}

void row_wrong(struct row_reading *r, int field, const char *cell, const char *text)
{
        int column = r->list->columns->of[field];
        r->errors = pb_append(r->errors, &r->error_count, sizeof(*r->errors), r->arena);
        r->errors[r->error_count - 1] =
                row_error(column < 0 ? "" : r->list->columns->header[column], cell, text, r->arena);
}

char *row_text(struct row_reading *r, int field)
{
        char *cell = row_cell(r, field);
        if (cell == NULL)
                return arena_text(r->arena, "");
        if (strlen(cell) > ROW_TEXT_MAX)
                row_wrong(r, field, cell, "Texte trop long (1 000 octets au plus) : raccourcissez-le.");
        return cell;
}

size_t row_count_told(const struct row_reading *r)
{
        size_t count = 0;
        for (int field = 1; field < r->list->columns->fields; field++)
                count += row_cell(r, field) != NULL;
        return count;
}

size_t row_count_columns(const struct row_reading *r)
{
        size_t count = 0;
        for (int field = 1; field < r->list->columns->fields; field++)
                count += r->list->columns->of[field] >= 0;
        return count;
}
