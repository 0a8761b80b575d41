/* columns.h: which column of a buyer's list is which of our fields. Pure. What is told comes first, then what is
 * remembered of the buyer's last list, then what the words of the header suggest (programme_words.json). Called by
 * intake.c. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_COLUMNS_H
#define SERVICES_CONTRACTS_PROGRAMMING_COLUMNS_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "contracts/programming.pb-c.h"

enum { COLUMNS_MAX = 100, COLUMN_FIELDS = CONTRACTS__PROGRAMME_FIELD__COLUMN_DEFENCE + 1 };

struct columns {
        char *const *header;
        size_t count;
        int of[COLUMN_FIELDS]; /* the column of each field; -1: none */
};

struct mapping {
        Contracts__ColumnMapping **at;
        size_t count;
};

/* False with *ret_refusal: no header, a column told that the header does not have, nothing that tells the title. */
bool columns_resolve(const Contracts__ProgrammeWordsVersion *words, struct columns *columns, struct mapping told,
                     struct mapping remembered, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What was applied, in the order of the columns; and the columns that are no field. In the arena. */
struct mapping columns_applied(const struct columns *columns, struct arena *arena);
char **columns_unused(const struct columns *columns, struct arena *arena, size_t *ret_count);

/* Two words of a list are the same: without accents, case, blanks and punctuation. */
bool words_equal(const char *a, const char *b);

#endif
