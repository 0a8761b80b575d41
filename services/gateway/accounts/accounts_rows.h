/* accounts_rows.h: all of the gateway's tables and the keys of their rows. Only the functions of accounts_events.c call
 * those that write.
 *
 *   table             key                        value
 *   account           account id                 gateway.AccountRow
 *   user              name text                  account id: a name is given once
 *   token             BLAKE2b-256 of the token   account id; no row while the account awaits consent, nor once revoked.
 *                                                The token before, which its holder renewed, has a row too
 *   account_by_role   role u8, account id        –
 *   account_awaiting  account id                 –: it awaits consent
 *
 * All are TABLE_STATE. Account ids grow with time. Messages returned live in the arena. */
#ifndef SERVICES_GATEWAY_ACCOUNTS_ACCOUNTS_ROWS_H
#define SERVICES_GATEWAY_ACCOUNTS_ACCOUNTS_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"
#include "common/store/walk.h"
#include "gateway/state.pb-c.h"

enum {
        T_ACCOUNT = RUNTIME_TABLES,
        T_USER,
        T_TOKEN,
        T_ACCOUNT_BY_ROLE,
        T_ACCOUNT_AWAITING,
        T_END,
        GATEWAY_TABLE_COUNT = T_END - RUNTIME_TABLES
};

extern const struct table_spec gateway_tables[GATEWAY_TABLE_COUNT];

/* NULL: there is none. A name may be of any length: one that no account can have finds nothing. */
Gateway__AccountRow *store_find_account(struct txn *txn, struct id id, struct arena *arena);
Gateway__AccountRow *store_find_user(struct txn *txn, const char *name, struct arena *arena);
/* The account that this token opens; NULL: none. */
Gateway__AccountRow *store_find_by_token(struct txn *txn, struct slice token_hash, struct arena *arena);
/* The account whose holder renewed this token: it opens nothing any more. NULL: none. */
Gateway__AccountRow *store_find_by_token_before(struct txn *txn, struct slice token_hash, struct arena *arena);
bool store_has_role(struct txn *txn, Types__Role role); /* any account of it, ever */

/* Writes the row and its indexes, in the place of `before` (NULL: a new account). */
void store_put_account(struct txn *txn, const Gateway__AccountRow *row, const Gateway__AccountRow *before,
                       struct arena *arena);

/* Accounts, newest first; `awaiting`: only those that await consent. */
void store_walk_accounts(struct txn *txn, bool awaiting, struct slice before, struct walk *ret);

#endif
