#include "common/import/columns.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/require.h"

enum { WORD_SIZE = 128, WORD_PART_MIN = 5 };

bool words_equal(const char *a, const char *b)
{
        char folded_a[WORD_SIZE], folded_b[WORD_SIZE];
        text_fold(a, folded_a, sizeof(folded_a));
        text_fold(b, folded_b, sizeof(folded_b));
        return strcmp(folded_a, folded_b) == 0;
}

const char *words_value(const Types__ListWordsVersion *words, const char *cell)
{
        for (size_t i = 0; i < words->n_values; i++) {
                const Types__FieldWords *value = words->values[i];
                bool is_it = words_equal(value->field, cell);
                for (size_t j = 0; j < value->n_words && !is_it; j++)
                        is_it = words_equal(value->words[j], cell);
                if (is_it)
                        return value->field;
        }
        return NULL;
}

int column_field_named(const char *const *names, int fields, const char *name)
{
        for (int field = 1; field < fields; field++)
                if (words_equal(names[field], name))
                        return field;
        return 0;
}

struct column_words column_words_of(const Types__ListWordsVersion *words, const char *const *names, int fields,
                                    struct arena *arena)
{
        struct words_of_field *rows = arena_alloc(arena, (words->n_columns + 1) * sizeof(*rows));
        size_t count = 0;
        for (size_t i = 0; i < words->n_columns; i++) {
                const Types__FieldWords *of = words->columns[i];
                int field = column_field_named(names, fields, of->field);
                if (field > 0)
                        rows[count++] = (struct words_of_field){field, of->words, of->n_words};
        }
        return (struct column_words){rows, count};
}

/* "Montant estimé HT (en €)" holds "montant estimé HT". Short words would be found anywhere. */
static bool holds_word(const char *column, const char *word)
{
        char folded_column[WORD_SIZE], folded_word[WORD_SIZE];
        text_fold(column, folded_column, sizeof(folded_column));
        text_fold(word, folded_word, sizeof(folded_word));
        return strlen(folded_word) >= WORD_PART_MIN && strstr(folded_column, folded_word) != NULL;
}

static bool is_taken(const struct columns *columns, size_t column)
{
        for (int field = 0; field < columns->fields; field++)
                if (columns->of[field] == (int)column)
                        return true;
        return false;
}

/* The column of that name that is still free; -1: there is none. */
static int free_column(const struct columns *columns, const char *name, bool (*same)(const char *, const char *))
{
        for (size_t i = 0; i < columns->count; i++)
                if (!text_is_empty(columns->header[i]) && !is_taken(columns, i) && same(columns->header[i], name))
                        return (int)i;
        return -1;
}

static void list_columns(const struct columns *columns, char *ret_text, size_t size)
{
        ret_text[0] = '\0';
        for (size_t i = 0; i < columns->count; i++) {
                size_t used = strlen(ret_text);
                if (text_is_empty(columns->header[i]) || used + strlen(columns->header[i]) + 8 > size)
                        continue;
                (void)snprintf(ret_text + used, size - used, "%s« %s »", used > 0 ? ", " : "", columns->header[i]);
        }
}

static bool take_told(struct columns *columns, struct mapping told, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < told.count; i++) {
                const struct column_field *one = &told.at[i];
                if (one->field <= 0 || one->field >= columns->fields)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "mapping.field",
                                      "La colonne « %.60s » n'est rapportée à aucun champ : dites lequel.",
                                      one->column);
                if (columns->of[one->field] >= 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "mapping.field",
                                      "Deux colonnes sont rapportées au même champ : gardez-en une.");
                int column = free_column(columns, one->column, words_equal);
                if (column < 0) {
                        char known[200];
                        list_columns(columns, known, sizeof(known));
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "mapping.column",
                                      "La liste n'a pas (ou plus) de colonne « %.50s » libre ; ses colonnes : %s.",
                                      one->column, known);
                }
                columns->of[one->field] = column;
        }
        return true;
}

/* A header that changed since makes no error of what is remembered. */
static void take_remembered(struct columns *columns, struct mapping remembered)
{
        for (size_t i = 0; i < remembered.count; i++) {
                const struct column_field *one = &remembered.at[i];
                if (one->field > 0 && one->field < columns->fields && columns->of[one->field] < 0)
                        columns->of[one->field] = free_column(columns, one->column, words_equal);
        }
}

static void guess(struct columns *columns, struct column_words words, bool (*same)(const char *, const char *))
{
        for (size_t i = 0; i < words.count; i++) {
                const struct words_of_field *row = &words.at[i];
                for (size_t j = 0; j < row->count && columns->of[row->field] < 0; j++)
                        columns->of[row->field] = free_column(columns, row->words[j], same);
        }
}

bool columns_resolve(struct column_words words, struct columns *columns, struct mapping told, struct mapping remembered,
                     struct refusal *ret_refusal)
{
        require(columns->fields > 1 && columns->fields <= COLUMN_FIELDS_MAX);
        for (int field = 0; field < COLUMN_FIELDS_MAX; field++)
                columns->of[field] = -1;
        if (columns->count == 0 || columns->count > COLUMNS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "header",
                              "La ligne de titres de la liste doit compter de 1 à %d colonnes.", COLUMNS_MAX);
        if (!take_told(columns, told, ret_refusal))
                return false;
        take_remembered(columns, remembered);
        guess(columns, words, words_equal);
        guess(columns, words, holds_word);
        return true;
}

bool columns_need(const struct columns *columns, int field, const char *what, struct refusal *ret_refusal)
{
        char known[220];
        if (columns->of[field] >= 0)
                return true;
        list_columns(columns, known, sizeof(known));
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "header",
                      "Aucune colonne ne donne %s : dites laquelle. Colonnes : %s.", what, known);
}

struct mapping columns_applied(const struct columns *columns, struct arena *arena)
{
        struct mapping applied = {arena_alloc(arena, COLUMN_FIELDS_MAX * sizeof(*applied.at)), 0};
        for (size_t column = 0; column < columns->count; column++)
                for (int field = 0; field < columns->fields; field++)
                        if (columns->of[field] == (int)column)
                                applied.at[applied.count++] = (struct column_field){columns->header[column], field};
        return applied;
}

char **columns_unused(const struct columns *columns, struct arena *arena, size_t *ret_count)
{
        char **unused = arena_alloc(arena, columns->count * sizeof(*unused));
        size_t count = 0;
        for (size_t i = 0; i < columns->count; i++)
                if (!is_taken(columns, i) && !text_is_empty(columns->header[i]))
                        unused[count++] = columns->header[i];
        *ret_count = count;
        return unused;
}
