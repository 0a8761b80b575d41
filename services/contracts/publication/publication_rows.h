/* publication_rows.h: which publication is about which contract of ours, and which publications are of one contract.
 * The contract's file names the publication.
 *
 * table           kind   key                                              value
 * publication_of  STATE  id of the publication                            id of the contract of ours that it is about
 * alike           STATE  id of contract_alike_key, contract id            -
 * twin            STATE  id of the publication that is counted no more    id of the one that it was joined to
 * twins_of        STATE  id of the one that it was joined to, id of the   -
 *                        publication that is counted no more
 * dismissed       STATE  contract id                                      DismissedTwins: that it is no double of */
#ifndef SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_ROWS_H
#define SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

#define PUBLICATION_TABLES(TABLE)                                                                                      \
        TABLE(PUBLICATION_OF, "publication_of", TABLE_STATE)                                                           \
        TABLE(ALIKE, "alike", TABLE_STATE)                                                                             \
        TABLE(TWIN, "twin", TABLE_STATE)                                                                               \
        TABLE(TWINS_OF, "twins_of", TABLE_STATE)                                                                       \
        TABLE(DISMISSED, "dismissed", TABLE_STATE)
PUBLICATION_TABLES(TABLE_NUMBER)

/* False: nobody linked it. */
bool publication_is_of(struct txn *txn, struct id published, struct id *ret_contract);
void publication_link(struct txn *txn, struct id published, struct id contract);
void publication_unlink(struct txn *txn, struct id published);

/* False: it stands for itself. */
bool publication_is_twin(struct txn *txn, struct id publication, struct id *ret_contract);
void publication_join(struct txn *txn, struct id twin, struct id contract);
void publication_separate(struct txn *txn, struct id twin);
void publication_walk_twins(struct txn *txn, struct id contract, struct walk *ret); /* joined to it */
/* Never NULL: empty where none was dismissed. */
Contracts__DismissedTwins *publication_dismissed(struct txn *txn, struct arena *arena, const Types__Id *contract);
void publication_dismissed_put(struct txn *txn, struct arena *arena, const Contracts__DismissedTwins *row);

/* Whether somebody here follows it: a clause, a file of ours, a link. */
bool publication_is_followed(struct txn *txn, struct arena *arena, struct id id);

/* Publications that are not dated stand alone. */
void publication_put_alike(struct txn *txn, struct arena *arena, struct id id, const Contracts__ContractRecord *record);
/* All, newest first, those that are alike in a row; and those that are alike to one. */
void publication_walk_alike(struct txn *txn, struct slice before, struct walk *ret);
void publication_walk_alike_to(struct txn *txn, struct arena *arena, const Contracts__ContractRecord *record,
                               struct walk *ret);

/* What was published of a contract, whatever its own record is: beside our own truth, linked, or the record itself.
 * NULL: nothing. *ret_published: the id it was imported under. */
Contracts__ContractRecord *publication_find(const struct work *work, struct id contract,
                                            const Contracts__ContractRecord *record, struct id *ret_published);
/* Whether a contract's record, or what is kept beside it, came from a publication. */
bool publication_came(const struct work *work, struct id contract, const Contracts__ContractRecord *record);

#endif
