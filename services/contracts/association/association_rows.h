/* association_rows.h: the rows of the room. What is known of one contract's association is in its file (ContractFile).
 *
 * table                kind   key                                        value
 * association_by_year  STATE  u32 year, buyer SIRET text, contract id    what is counted of it (struct association_row)
 * decline              STATE  contract id                                ContractDeclined, the last
 *
 * The buyer is the contract's of today: the rows move with its record and its file (record/short_rows.h). */
#ifndef SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_ROWS_H
#define SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/short_rows.h"

#define ASSOCIATION_TABLES(TABLE)                                                                                      \
        TABLE(ASSOCIATION_BY_YEAR, "association_by_year", TABLE_STATE)                                                 \
        TABLE(DECLINE, "decline", TABLE_STATE)
ASSOCIATION_TABLES(TABLE_NUMBER)

struct association_row {
        Contracts__Association association;
        Contracts__DeclineReason declined_for;
        bool is_declined; /* at some time */
        bool is_resumed;
        const char *eyes; /* access_eyes(); this and the texts below die with the transaction */
        const char *buyer_siret;
        const char *buyer_name;
};

/* As struct short_rows wants them. */
bool association_rows_has(const struct summed *summed);
void association_rows_of(const void *summed, struct index_rows *rows);
/* By buyer. "": of all. */
void association_walk_year(struct txn *txn, uint32_t year, const char *buyer_siret, struct walk *ret);
bool association_walk_next(struct walk *walk, struct association_row *ret);

Contracts__ContractDeclined *decline_find(struct txn *txn, struct arena *arena, struct id contract);
void decline_put(struct txn *txn, struct arena *arena, const Contracts__ContractDeclined *decline);

#endif
