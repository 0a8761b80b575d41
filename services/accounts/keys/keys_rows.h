/* keys_rows.h: the rows of keys. Only the functions of keys_events.c call those that write.
 *
 *   table        key                  value
 *   key          key id               accounts.KeyRow; none once it opens nothing any more
 *   key_by_hash  BLAKE2b-256 of it    key id
 *   key_of       account id, key id   –
 */
#ifndef SERVICES_ACCOUNTS_KEYS_KEYS_ROWS_H
#define SERVICES_ACCOUNTS_KEYS_KEYS_ROWS_H

#include "accounts/state.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

#define KEYS_TABLES(TABLE)                                                                                             \
        TABLE(KEY, "key", TABLE_STATE)                                                                                 \
        TABLE(KEY_BY_HASH, "key_by_hash", TABLE_STATE)                                                                 \
        TABLE(KEY_OF, "key_of", TABLE_STATE)
KEYS_TABLES(TABLE_NUMBER)

/* NULL: there is none. Whether it has ended by now is the caller's to see. */
Accounts__KeyRow *store_key(struct txn *txn, struct id id, struct arena *arena);
Accounts__KeyRow *store_key_of_hash(struct txn *txn, struct slice hash, struct arena *arena);

void store_put_key(struct txn *txn, const Accounts__KeyRow *row, struct arena *arena);
void store_drop_key(struct txn *txn, struct id id, struct arena *arena); /* one that is not there: nothing */

/* The keys of an account, newest first. */
void store_walk_keys(struct txn *txn, struct id account, struct slice before, struct walk *ret);

#endif
