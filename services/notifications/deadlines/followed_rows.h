/* followed_rows.h: copies of what deadlines follow from, a row a thing of contracts or tracking. Tables and keys:
 * store.h. Only the functions of following.h put and delete. Messages live in the arena; NULL: it is not followed. */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_FOLLOWED_ROWS_H
#define SERVICES_NOTIFICATIONS_DEADLINES_FOLLOWED_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/walk.h"
#include "notifications/deadlines.pb-c.h"

Notifications__FollowedThing *followed_find(struct txn *txn, struct id thing, struct arena *arena);
/* Those of one kind; NULL: it is another, or none. */
Notifications__FollowedPerson *followed_person(struct txn *txn, struct id person, struct arena *arena);
Notifications__FollowedPlacement *followed_placement(struct txn *txn, struct id placement, struct arena *arena);
Notifications__FollowedObligation *followed_obligation(struct txn *txn, struct id obligation, struct arena *arena);
Notifications__FollowedClause *followed_clause(struct txn *txn, struct id clause, struct arena *arena);
Notifications__FollowedContract *followed_contract(struct txn *txn, struct id contract, struct arena *arena);

/* `parents` (ended by a zero id): what it is found by besides, a person, a contract, a clause. */
void followed_put(struct txn *txn, struct id thing, const Notifications__FollowedThing *row, const struct id *parents,
                  struct arena *arena);
void followed_delete(struct txn *txn, struct id thing);

void followed_walk_of(struct txn *txn, struct id parent, struct walk *ret);    /* things that were put with it */
void followed_walk_all(struct txn *txn, struct slice after, struct walk *ret); /* all */

#endif
