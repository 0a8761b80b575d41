/* association_rows.h: the rows of the room. What is known of one contract's association is in its file (ContractFile).
 *
 * table                kind   key                                        value
 * association_by_year  STATE  u32 year, buyer SIRET text, contract id    -
 * decline              STATE  contract id                                ContractDeclined, the last */
#ifndef SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_ROWS_H
#define SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_ROWS_H

#include "services/contracts/store/store.h"

/* Moves the contract of `file` in the statistics to this year and buyer. The file is not put. */
void association_count_under(struct txn *txn, struct arena *arena, Contracts__ContractFile *file, uint32_t year,
                             const char *buyer_siret);
/* By buyer. "": of all. */
void association_walk_year(struct txn *txn, uint32_t year, const char *buyer_siret, struct walk *ret);

Contracts__ContractDeclined *decline_find(struct txn *txn, struct arena *arena, struct id contract);
void decline_put(struct txn *txn, struct arena *arena, const Contracts__ContractDeclined *decline);

#endif
