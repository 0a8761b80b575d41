/* columns.h: which column of a list is which field of ours. Pure. What is told comes first, then what is remembered of
 * the sender's last list, then what the words of the header suggest (dated data). Whoever takes lists numbers its
 * fields from 1, fewer than COLUMN_FIELDS_MAX of them. Called by the daemons that take lists and by the fuzzers. */
#ifndef COMMON_IMPORT_COLUMNS_H
#define COMMON_IMPORT_COLUMNS_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "types.pb-c.h"

enum { COLUMNS_MAX = 100, COLUMN_FIELDS_MAX = 32 };

struct columns {
        char *const *header;
        size_t count;
        int fields;                /* the highest number of a field, and one more */
        int of[COLUMN_FIELDS_MAX]; /* the column of each field; -1: none */
};

/* The words by which a field is known, the surest first. */
struct words_of_field {
        int field;
        char *const *words;
        size_t count;
};
struct column_words {
        const struct words_of_field *at;
        size_t count;
};

/* A column, as its header names it, is a field. */
struct column_field {
        const char *column;
        int field;
};
struct mapping {
        struct column_field *at;
        size_t count;
};

/* The number of a field of that name; 0: none is called so. names[1] is the first. */
int column_field_named(const char *const *names, int fields, const char *name);
/* Dated words, by the numbers of these fields; words of other fields are left out. In the arena. */
struct column_words column_words_of(const Types__ListWordsVersion *words, const char *const *names, int fields,
                                    struct arena *arena);

/* False with *ret_refusal: no header, too wide a one, a column told that the header does not have. */
bool columns_resolve(struct column_words words, struct columns *columns, struct mapping told, struct mapping remembered,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* Whether there is a column of the field. `what`: French, "l'intitulé du marché". */
bool columns_need(const struct columns *columns, int field, const char *what,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What was applied, in the order of the columns; and the columns that are no field. In the arena. */
struct mapping columns_applied(const struct columns *columns, struct arena *arena);
char **columns_unused(const struct columns *columns, struct arena *arena, size_t *ret_count);

/* The code of the value that a cell names, by itself or by a dated word; NULL: it is no value of these lists. */
const char *words_value(const Types__ListWordsVersion *words, const char *cell);

/* Two words of a list are the same: without accents, case, blanks and punctuation. */
bool words_equal(const char *a, const char *b);

#endif
