/* needs_rows.h: rows of needs. Finds return what lives in the arena, NULL where there is none; puts are for apply()
 * only.
 *
 * table              kind   key                        value
 * need               STATE  need id                    NeedRow
 * need_by_territory  STATE  territory text, need id    -
 * need_open          STATE  territory text, need id    -   those that are still looked for
 *
 * Needs belong to contracts by the index `about`: ABOUT_NEED. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEEDS_ROWS_H
#define SERVICES_CONTRACTS_NEEDS_NEEDS_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

#define NEEDS_TABLES(TABLE)                                                                                            \
        TABLE(NEED, "need", TABLE_STATE)                                                                               \
        TABLE(NEED_BY_TERRITORY, "need_by_territory", TABLE_STATE)                                                     \
        TABLE(NEED_OPEN, "need_open", TABLE_STATE)
NEEDS_TABLES(TABLE_NUMBER)

Contracts__NeedRow *needs_find(struct txn *txn, struct arena *arena, struct id need);
/* A new one, or the same again after it changed: leaves the indexes where it stood. */
void needs_put(struct txn *txn, struct arena *arena, const Contracts__NeedRow *row);

/* Newest first. An empty territory: all of them. */
void needs_walk(struct txn *txn, const char *territory, struct slice before, struct walk *ret);
void needs_walk_of_contract(struct txn *txn, struct id contract, struct slice before, struct walk *ret);
/* Those still looked for, newest first within a territory; of all territories where it is empty. */
void needs_walk_open(struct txn *txn, const char *territory, struct walk *ret);

#endif
