/* sign_in_rows.h: the rows of who signs in how. Only the functions of sign_in_events.c call those that write.
 *
 *   table          key                             value
 *   sign_in        account id                      accounts.SignInRow; none: neither password nor second factor
 *   tries          what was counted, 16 bytes      accounts.TriesRow: failures of a name, or from a network
 *   tries_by_time  last try ms u64, the 16 bytes   –
 *   browser        account id, mark 32 bytes       –: a browser that this account was signed in from
 *
 * Messages returned live in the arena. */
#ifndef SERVICES_ACCOUNTS_SIGN_IN_SIGN_IN_ROWS_H
#define SERVICES_ACCOUNTS_SIGN_IN_SIGN_IN_ROWS_H

#include "accounts/sign_in.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"

#define SIGN_IN_TABLES(TABLE)                                                                                          \
        TABLE(SIGN_IN, "sign_in", TABLE_STATE)                                                                         \
        TABLE(TRIES, "tries", TABLE_STATE)                                                                             \
        TABLE(TRIES_BY_TIME, "tries_by_time", TABLE_STATE)                                                             \
        TABLE(BROWSER, "browser", TABLE_STATE)
SIGN_IN_TABLES(TABLE_NUMBER)

enum { TRIED_SIZE = 16 };

/* Never NULL: an empty row where there is none. */
Accounts__SignInRow *store_sign_in(struct txn *txn, struct id account, struct arena *arena);
void store_put_sign_in(struct txn *txn, struct id account, const Accounts__SignInRow *row, struct arena *arena);
void store_drop_sign_in(struct txn *txn, struct id account); /* and its browsers */

Accounts__TriesRow *store_tries(struct txn *txn, struct slice what, struct arena *arena); /* NULL: none */
void store_count_try(struct txn *txn, struct slice what, int64_t at_ms, struct arena *arena);
void store_drop_tries(struct txn *txn, struct slice what, struct arena *arena);
/* Drops a few of those whose last try is older than that. */
void store_sweep_tries(struct txn *txn, int64_t before_ms, struct arena *arena);

bool store_knows_browser(struct txn *txn, struct id account, struct slice mark);
void store_put_browser(struct txn *txn, struct id account, struct slice mark);

#endif
