#include "services/notifications/deadlines/followed_rows.h"

#include "services/notifications/store.h"

Notifications__FollowedThing *followed_find(struct txn *txn, struct id thing, struct arena *arena)
{
        return txn_get_message(txn, T_FOLLOWED, id_slice(&thing), &notifications__followed_thing__descriptor, arena);
}

#define FOLLOWED(NAME, TYPE, CASE)                                                                                     \
        TYPE *followed_##NAME(struct txn *txn, struct id thing, struct arena *arena)                                   \
        {                                                                                                              \
                Notifications__FollowedThing *row = followed_find(txn, thing, arena);                                  \
                return row != NULL && row->thing_case == NOTIFICATIONS__FOLLOWED_THING__THING_##CASE ? row->NAME       \
                                                                                                     : NULL;           \
        }
FOLLOWED(person, Notifications__FollowedPerson, PERSON)
FOLLOWED(placement, Notifications__FollowedPlacement, PLACEMENT)
FOLLOWED(obligation, Notifications__FollowedObligation, OBLIGATION)
FOLLOWED(clause, Notifications__FollowedClause, CLAUSE)
FOLLOWED(contract, Notifications__FollowedContract, CONTRACT)

/* Parents are ids of things that stay what they are: a thing that is put again has those that it had. */
void followed_put(struct txn *txn, struct id thing, const Notifications__FollowedThing *row, const struct id *parents,
                  struct arena *arena)
{
        txn_put_message(txn, T_FOLLOWED, id_slice(&thing), row, arena);
        for (; parents != NULL && !id_is_zero(*parents); parents++) {
                struct key key = key_of_id(*parents);
                key_id(&key, thing);
                txn_put(txn, T_FOLLOWED_OF, key_slice(&key), slice_of("", 0));
        }
}

/* It stays found by its parents: there is no row then, and whoever walks there passes over it. */
void followed_delete(struct txn *txn, struct id thing)
{
        txn_delete(txn, T_FOLLOWED, id_slice(&thing));
}

void followed_walk_of(struct txn *txn, struct id parent, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_FOLLOWED_OF, WALK_UP, CURSOR_ID}, key_of_id(parent), slice_of(NULL, 0),
                   ret);
}

void followed_walk_all(struct txn *txn, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_FOLLOWED, WALK_UP, CURSOR_ID}, key_empty(), after, ret);
}
