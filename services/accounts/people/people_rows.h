/* people_rows.h: the rows of accounts and of their memberships. Only the functions of people_events.c call those that
 * write.
 *
 *   table                key                        value
 *   account              account id                 accounts.AccountRow
 *   account_by_name      name text                  account id: a name is given once
 *   membership           membership id              accounts.MembershipRow
 *   membership_by_role   role u8, membership id     –: of any that ever was
 *   membership_awaiting  membership id              –: it awaits consent
 *   membership_of        account id, membership id  –
 *
 * Ids grow with time. Messages returned live in the arena. */
#ifndef SERVICES_ACCOUNTS_PEOPLE_PEOPLE_ROWS_H
#define SERVICES_ACCOUNTS_PEOPLE_PEOPLE_ROWS_H

#include "accounts/state.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

#define PEOPLE_TABLES(TABLE)                                                                                           \
        TABLE(ACCOUNT, "account", TABLE_STATE)                                                                         \
        TABLE(ACCOUNT_BY_NAME, "account_by_name", TABLE_STATE)                                                         \
        TABLE(MEMBERSHIP, "membership", TABLE_STATE)                                                                   \
        TABLE(MEMBERSHIP_BY_ROLE, "membership_by_role", TABLE_STATE)                                                   \
        TABLE(MEMBERSHIP_AWAITING, "membership_awaiting", TABLE_STATE)                                                 \
        TABLE(MEMBERSHIP_OF, "membership_of", TABLE_STATE)
PEOPLE_TABLES(TABLE_NUMBER)

/* What one account may have, ended ones counted: a bound for what is done with all of them. */
enum { MEMBERSHIPS_MAX = 32 };

/* NULL: there is none. A name may be of any length: one that no account can have finds nothing. */
Accounts__AccountRow *store_account(struct txn *txn, struct id id, struct arena *arena);
Accounts__AccountRow *store_account_named(struct txn *txn, const char *name, struct arena *arena);
Accounts__MembershipRow *store_membership(struct txn *txn, struct id id, struct arena *arena);
bool store_has_role(struct txn *txn, Types__Role role); /* any membership of it, ever */

/* Those of one account, oldest first; what is beyond MEMBERSHIPS_MAX is not told. */
struct memberships {
        Accounts__MembershipRow *rows[MEMBERSHIPS_MAX];
        size_t count;
};
struct memberships store_memberships(struct txn *txn, struct id account, struct arena *arena);

/* A row in the place of `before` (NULL: a new one), with its indexes. */
void store_put_account(struct txn *txn, const Accounts__AccountRow *row, const Accounts__AccountRow *before,
                       struct arena *arena);
void store_put_membership(struct txn *txn, const Accounts__MembershipRow *row, const Accounts__MembershipRow *before,
                          struct arena *arena);

/* Memberships, newest first; `awaiting`: only those that await consent. */
void store_walk_memberships(struct txn *txn, bool awaiting, struct slice before, struct walk *ret);

#endif
