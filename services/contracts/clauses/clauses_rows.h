/* clauses_rows.h: rows of clauses, and of those that no need speaks of yet. Finds return what lives in the arena, NULL
 * where there is none; puts are for apply() only.
 *
 * table          kind   key                        value
 * clause         STATE  clause id                  ClausePut, the last
 * clause_by_lot  STATE  contract id, u32 lot       clause id
 * clause_coming  STATE  territory text, clause id  -   clauses without an open need, in each of their departments */
#ifndef SERVICES_CONTRACTS_CLAUSES_CLAUSES_ROWS_H
#define SERVICES_CONTRACTS_CLAUSES_CLAUSES_ROWS_H

#include "services/contracts/record/record_rows.h"

#define CLAUSES_TABLES(TABLE)                                                                                          \
        TABLE(CLAUSE, "clause", TABLE_STATE)                                                                           \
        TABLE(CLAUSE_BY_LOT, "clause_by_lot", TABLE_STATE)                                                             \
        TABLE(CLAUSE_COMING, "clause_coming", TABLE_STATE)
CLAUSES_TABLES(TABLE_NUMBER)

Contracts__ClausePut *contracts_clause_find(struct txn *txn, struct arena *arena, struct id clause);
bool contracts_clause_of_lot(struct txn *txn, struct id contract, uint32_t lot, struct id *ret_clause);
void contracts_clause_put(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause);
/* Taken back by a withdrawal (corrections/): a clause that came with an award. */
void contracts_clause_remove(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause);
void contracts_walk_clauses_of_contract(struct txn *txn, struct id contract, struct walk *ret);

/* A clause is put (again), and no need speaks of it. */
void clauses_coming_put(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause);
void clauses_coming_remove(struct txn *txn, const Contracts__ClausePut *clause);
/* Ids of clauses, newest first; ret_territory: clauses_coming_territory() of the row that the walk stands on. */
void clauses_walk_coming(struct txn *txn, const char *territory, struct walk *ret);
const char *clauses_coming_territory(const struct walk *walk, struct arena *arena);

#endif
