/* reserved_rows.h: the rows of the room. What is known of one contract's reservation is in its file (ContractFile).
 *
 * table             kind   key                                        value
 * reserved_by_year  STATE  u32 year, buyer SIRET text, contract id    -
 *
 * The year is that of notification, 0 where it is not told; one row for each year that a lot of the contract has. The
 * buyer is the one at the time of the entry: lists of one buyer go by what the record says now. */
#ifndef SERVICES_CONTRACTS_RESERVED_RESERVED_ROWS_H
#define SERVICES_CONTRACTS_RESERVED_RESERVED_ROWS_H

#include "services/contracts/store/store.h"

uint32_t reserved_year(const Contracts__ReservedEntry *entry);

/* The state of the file becomes this one, with its rows. For apply() only. The file is not put. */
void reserved_state_set(struct txn *txn, Contracts__ContractFile *file, Contracts__ReservedState *state);

/* By buyer. `siret` "": of all. */
void reserved_walk_year(struct txn *txn, uint32_t year, const char *siret, struct slice after, struct walk *ret);
/* Of all years, by year and buyer; a contract of two years comes twice. */
void reserved_walk(struct txn *txn, struct slice after, struct walk *ret);
/* The year of the row that contracts_walk_next() stands on. */
uint32_t reserved_walk_year_of(const struct walk *walk);

#endif
