/* programme_columns.h: the fields of a buyer's list, as common/import/columns.h numbers them, and the words of
 * programme_words.json by which their columns are known. Pure. Called by programme_list.c, for the events of before
 * lists were batches, and by the fuzzer. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_COLUMNS_H
#define SERVICES_CONTRACTS_PROGRAMMING_PROGRAMME_COLUMNS_H

#include "common/import/columns.h"
#include "contracts/programming.pb-c.h"

enum { PROGRAMME_FIELDS = CONTRACTS__PROGRAMME_FIELD__COLUMN_DEFENCE + 1 };

/* By ProgrammeField: "title" for COLUMN_TITLE; what --map and the dated words call them. */
extern const char *const programme_fields[PROGRAMME_FIELDS];

/* The part of the words that every kind of list has. In the arena. */
const Types__ListWordsVersion *programme_list_words(const Contracts__ProgrammeWordsVersion *words, struct arena *arena);

#endif
