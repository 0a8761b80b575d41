/* needs_rows.h: rows of needs, and of the clauses that no need speaks of yet. Finds return what lives in the arena,
 * NULL where there is none; puts are for apply() only.
 *
 * table              kind   key                        value
 * need               STATE  need id                    NeedRow
 * need_by_territory  STATE  territory text, need id    -
 * need_open          STATE  territory text, need id    -   those that are still looked for
 * clause_coming      STATE  territory text, clause id  -   clauses without an open need, in each of their departments
 *
 * Needs belong to contracts by the index `about`: ABOUT_NEED. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEEDS_ROWS_H
#define SERVICES_CONTRACTS_NEEDS_NEEDS_ROWS_H

#include "services/contracts/store/store.h"

Contracts__NeedRow *needs_find(struct txn *txn, struct arena *arena, struct id need);
/* A new one, or the same again after it changed: leaves the indexes where it stood. */
void needs_put(struct txn *txn, struct arena *arena, const Contracts__NeedRow *row);

/* Newest first. An empty territory: all of them. */
void needs_walk(struct txn *txn, const char *territory, struct slice before, struct walk *ret);
void needs_walk_of_contract(struct txn *txn, struct id contract, struct slice before, struct walk *ret);
/* Those still looked for, newest first within a territory; of all territories where it is empty. */
void needs_walk_open(struct txn *txn, const char *territory, struct walk *ret);

/* A clause is put (again), and no need speaks of it. */
void needs_coming_put(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause);
void needs_coming_remove(struct txn *txn, const Contracts__ClausePut *clause);
/* Ids of clauses, newest first; ret_territory: needs_coming_territory() of the row that the walk stands on. */
void needs_walk_coming(struct txn *txn, const char *territory, struct walk *ret);
const char *needs_coming_territory(const struct walk *walk, struct arena *arena);

#endif
