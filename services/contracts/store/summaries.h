/* summaries.h: short rows that sums and walks by buyer are made of, each made of a contract's record, its file and
 * whether it is followed. Whoever puts one of these moves the rows from what they were made of before to what it is
 * now: another buyer, kind, place, year. Called by store.c. */
#ifndef SERVICES_CONTRACTS_STORE_SUMMARIES_H
#define SERVICES_CONTRACTS_STORE_SUMMARIES_H

#include "services/contracts/store/rows.h"
#include "contracts/file.pb-c.h"

/* A contract as its short rows see it. */
struct summed {
        struct id contract;
        const Contracts__ContractRecord *record; /* NULL: no short row is made of it */
        const Contracts__ContractFile *file;     /* may be NULL */
        bool is_followed;
};

/* As it stands in the store. */
struct summed summed_of(struct txn *txn, struct arena *arena, struct id contract);
/* Its rows become those of how it stands now; `before` was taken before the put. */
void summed_move(struct txn *txn, struct arena *arena, const struct summed *before);

#endif
