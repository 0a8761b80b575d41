/* position.h: how far this daemon has taken in another one's events. Written in the transaction of their effect.
 *
 * Copies and reactions go together, but where copies are filled again (a migration, --rebuild): then `copied` stands
 * behind `taken`, and what lies between is copied without being reacted to a second time. A position has the hash of
 * its event's record, so that the next one can be told to follow it: a source whose store was restored from an older
 * backup tells another history under the same numbers. */
#ifndef COMMON_STORE_POSITION_H
#define COMMON_STORE_POSITION_H

#include "common/store/eventlog.h"

struct position_mark {
        uint64_t number;               /* of an event; 0: nothing yet */
        uint8_t hash[EVENT_HASH_SIZE]; /* of its record; zeros: not known */
};

struct position {
        struct position_mark taken;  /* all that was ever taken in: no event up to here is reacted to again */
        struct position_mark copied; /* what the copies hold; never beyond `taken` */
};

struct position position_get(struct txn *txn, const char *source_instance); /* zeros: nothing yet */
void position_put(struct txn *txn, const char *source_instance, const struct position *position);

/* The mark of an event, and whether an event that names the hash of the one before it follows a mark. */
struct position_mark position_mark_of(uint64_t number, struct slice record);
bool position_is_followed_by(const struct position_mark *mark, struct slice previous_hash);

/* Copies are to be filled again: of every source, nothing is copied any more. What was taken in stays taken in. */
void position_copy_again(struct txn *txn, struct arena *arena);

#endif
