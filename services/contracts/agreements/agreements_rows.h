/* agreements_rows.h: the rows of agreements, and which contracts are followed here. Finds and walks live in the arena
 * or the walk; puts are for apply() only.
 *
 * table               kind   key                             value
 * agreement           STATE  agreement id                    AgreementRow
 * agreement_by_buyer  STATE  buyer SIRET text, agreement id  -
 * followed_by_buyer   STATE  buyer SIRET text, contract id   u32 year of its notification, 0: not told
 *
 * Contracts followed here lie under their buyer of today: the rows move with record, file and clauses
 * (record/short_rows.h). */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_AGREEMENTS_ROWS_H
#define SERVICES_CONTRACTS_AGREEMENTS_AGREEMENTS_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/agreements/agreement.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/record/short_rows.h"

#define AGREEMENTS_TABLES(TABLE)                                                                                       \
        TABLE(AGREEMENT, "agreement", TABLE_STATE)                                                                     \
        TABLE(AGREEMENT_BY_BUYER, "agreement_by_buyer", TABLE_STATE)                                                   \
        TABLE(FOLLOWED_BY_BUYER, "followed_by_buyer", TABLE_STATE)
AGREEMENTS_TABLES(TABLE_NUMBER)

Contracts__AgreementRow *agreement_row_find(struct txn *txn, struct arena *arena, struct id agreement);
void agreement_row_put(struct txn *txn, struct arena *arena, const Contracts__AgreementRow *row);

/* Newest first; oldest first where it is one buyer's. */
void agreements_walk(struct txn *txn, struct slice before, struct walk *ret);
void agreements_walk_of_buyer(struct txn *txn, const char *siret, struct slice after, struct walk *ret);

/* Contracts followed here: a clause on them, or a file of ours that has not been declined. By id, oldest first. */
bool contract_is_followed(struct txn *txn, struct arena *arena, struct id contract);
/* As struct short_rows wants them. */
bool followed_rows_has(const struct summed *summed);
void followed_rows_of(const void *summed, struct index_rows *rows);
/* Of one buyer, oldest first. */
void followed_walk_of_buyer(struct txn *txn, const char *siret, struct slice after, struct walk *ret);
uint32_t followed_year_notified(const struct walk *walk); /* of the row that the walk stands on */
struct followed_walk {
        struct txn *txn;
        struct arena *arena;
        struct scan files, clauses;
        struct key from;
        struct id file, clause;
        bool has_file, has_clause;
};
void followed_walk(struct txn *txn, struct arena *arena, struct id after, struct followed_walk *ret);
/* The next one that may be: a file or a clause is there. */
bool followed_next(struct followed_walk *walk, struct id *ret, bool *ret_followed);
void followed_end(struct followed_walk *walk);

#endif
