/* publication_rows.h: which publication is about which contract of ours. The contract's file names the publication.
 *
 * table           kind   key                         value
 * publication_of  STATE  id of the publication       id of the contract of ours that it is about */
#ifndef SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_ROWS_H
#define SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

#define PUBLICATION_TABLES(TABLE) TABLE(PUBLICATION_OF, "publication_of", TABLE_STATE)
PUBLICATION_TABLES(TABLE_NUMBER)

/* False: nobody linked it. */
bool publication_is_of(struct txn *txn, struct id published, struct id *ret_contract);
void publication_link(struct txn *txn, struct id published, struct id contract);
void publication_unlink(struct txn *txn, struct id published);

/* What was published of a contract, whatever its own record is: beside our own truth, linked, or the record itself.
 * NULL: nothing. *ret_published: the id it was imported under. */
Contracts__ContractRecord *publication_find(const struct work *work, struct id contract,
                                            const Contracts__ContractRecord *record, struct id *ret_published);
/* Whether a contract's record, or what is kept beside it, came from a publication. */
bool publication_came(const struct work *work, struct id contract, const Contracts__ContractRecord *record);

#endif
