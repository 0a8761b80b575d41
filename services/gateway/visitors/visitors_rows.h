/* visitors_rows.h: the gateway's tables: copies of what accounts tells, enough to let somebody in while the line to it
 * is cut. None is a truth: all can be filled again from its log.
 *
 *   table       key                        value
 *   account     account id                 gateway.AccountCopy
 *   membership  membership id              gateway.MembershipCopy
 *   key         BLAKE2b-256 of the key     gateway.KeyCopy
 *   key_by_id   key id                     the hash
 *   link        link id                    gateway.LinkCopy
 *   link_by_hash  BLAKE2b-256 of its token  link id
 *
 * Messages returned live in the arena. Those that write are for copies.c. */
#ifndef SERVICES_GATEWAY_VISITORS_VISITORS_ROWS_H
#define SERVICES_GATEWAY_VISITORS_VISITORS_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"
#include "gateway/state.pb-c.h"

enum {
        T_ACCOUNT_COPY = RUNTIME_TABLES,
        T_MEMBERSHIP_COPY,
        T_KEY_COPY,
        T_KEY_COPY_BY_ID,
        T_LINK_COPY,
        T_LINK_COPY_BY_HASH,
        T_END,
        GATEWAY_TABLE_COUNT = T_END - RUNTIME_TABLES
};
extern const struct table_spec gateway_tables[GATEWAY_TABLE_COUNT];

/* NULL: there is none. */
Gateway__AccountCopy *visitors_account(struct txn *txn, struct id id, struct arena *arena);
Gateway__MembershipCopy *visitors_membership(struct txn *txn, struct id id, struct arena *arena);
Gateway__KeyCopy *visitors_key(struct txn *txn, struct slice hash, struct arena *arena);
Gateway__KeyCopy *visitors_key_of_id(struct txn *txn, struct id id, struct arena *arena);
Gateway__LinkCopy *visitors_link(struct txn *txn, struct id id, struct arena *arena);
Gateway__LinkCopy *visitors_link_of_hash(struct txn *txn, struct slice hash, struct arena *arena);

void visitors_put_account(struct txn *txn, struct id id, const Gateway__AccountCopy *row, struct arena *arena);
void visitors_put_membership(struct txn *txn, const Gateway__MembershipCopy *row, struct arena *arena);
void visitors_put_key(struct txn *txn, const Gateway__KeyCopy *row, struct arena *arena);
void visitors_drop_key(struct txn *txn, struct id id, struct arena *arena); /* one that is not there: nothing */
void visitors_put_link(struct txn *txn, const Gateway__LinkCopy *row, struct arena *arena);
void visitors_drop_link(struct txn *txn, struct id id, struct arena *arena); /* the same */

#endif
