/* association_rows.h: the rows of the room. What is known of one contract's association is in its file (ContractFile).
 *
 * table                kind   key                                        value
 * association_by_year  STATE  u32 year, buyer SIRET text, contract id    what is counted of it (struct association_row)
 * decline              STATE  contract id                                ContractDeclined, the last
 *
 * The buyer is the contract's of today: the rows move with its record and its file (store/summaries.h). */
#ifndef SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_ROWS_H
#define SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_ROWS_H

#include "services/contracts/store/store.h"
#include "services/contracts/store/summaries.h"

struct association_row {
        Contracts__Association association;
        Contracts__DeclineReason declined_for;
        bool is_declined; /* at some time */
        bool is_resumed;
        const char *eyes; /* access_eyes(); this and the texts below die with the transaction */
        const char *buyer_siret;
        const char *buyer_name;
};

void association_rows_move(struct txn *txn, struct arena *arena, const struct summed *before, const struct summed *now);
/* By buyer. "": of all. */
void association_walk_year(struct txn *txn, uint32_t year, const char *buyer_siret, struct walk *ret);
bool association_walk_next(struct walk *walk, struct association_row *ret);

Contracts__ContractDeclined *decline_find(struct txn *txn, struct arena *arena, struct id contract);
void decline_put(struct txn *txn, struct arena *arena, const Contracts__ContractDeclined *decline);

#endif
