/* position.h: how far this daemon has taken in another one's events. Written in the transaction of their effect. */
#ifndef COMMON_STORE_POSITION_H
#define COMMON_STORE_POSITION_H

#include "common/store/store.h"

uint64_t position_get(struct txn *txn, const char *source_instance); /* 0: nothing yet */
void position_put(struct txn *txn, const char *source_instance, uint64_t number);

/* The same with the hash of that event's record, so that the next one can be told to follow it: a source whose store
 * was restored from an older backup tells another history under the same numbers. */
void position_put_event(struct txn *txn, const char *source_instance, uint64_t number, struct slice record);
struct slice position_hash(struct txn *txn, const char *source_instance); /* dies with the txn; empty: not kept */
bool position_is_followed_by(struct txn *txn, const char *source_instance, struct slice previous_hash);

#endif
