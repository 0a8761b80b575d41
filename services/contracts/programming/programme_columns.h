/* programme_columns.h: which column of a buyer's list is which field of a programme: common/import/columns.h with the
 * words of programme_words.json. Pure. Called by programme_list.c and the fuzzer. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_COLUMNS_H
#define SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_COLUMNS_H

#include "common/import/columns.h"
#include "contracts/programming.pb-c.h"

enum { PROGRAMME_FIELDS = CONTRACTS__PROGRAMME_FIELD__COLUMN_DEFENCE + 1 };

struct programme_mapping {
        Contracts__ColumnMapping **at;
        size_t count;
};

struct programme_mappings {
        struct programme_mapping told, remembered;
};

/* False with *ret_refusal: as columns_resolve(), or nothing that tells the title. */
bool programme_columns_resolve(const Contracts__ProgrammeWordsVersion *words, const struct programme_mappings *mappings,
                               struct arena *arena, struct columns *columns,
                               struct refusal *ret_refusal) ATTR_MUST_CHECK;
struct programme_mapping programme_columns_applied(const struct columns *columns, struct arena *arena);

#endif
