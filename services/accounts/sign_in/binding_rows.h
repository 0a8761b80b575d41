/* binding_rows.h: which identity of a provider opens which account. Only the functions of binding_events.c call those
 * that write.
 *
 *   table       key                        value
 *   binding     hash of the identity       accounts.BindingRow
 *   binding_of  account id, binding id     hash of the identity
 *
 * Messages returned live in the arena. */
#ifndef SERVICES_ACCOUNTS_SIGN_IN_BINDING_ROWS_H
#define SERVICES_ACCOUNTS_SIGN_IN_BINDING_ROWS_H

#include "accounts/providers.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"

#define BINDING_TABLES(TABLE)                                                                                          \
        TABLE(BINDING, "binding", TABLE_STATE)                                                                         \
        TABLE(BINDING_OF, "binding_of", TABLE_STATE)
BINDING_TABLES(TABLE_NUMBER)

/* What one account may have at a time. */
enum { BINDINGS_MAX = 8, BINDING_HASH_SIZE = 32 };

Accounts__BindingRow *store_binding(struct txn *txn, struct slice hash, struct arena *arena); /* NULL: none */
/* Of that account; NULL: it has no such one. */
Accounts__BindingRow *store_binding_of(struct txn *txn, struct id account, struct id binding, struct arena *arena);
/* Oldest first; returns how many. */
size_t store_bindings(struct txn *txn, struct id account, struct arena *arena, Accounts__BindingRow *ret[BINDINGS_MAX]);
void store_put_binding(struct txn *txn, const Accounts__BindingRow *row, struct arena *arena);
void store_drop_binding(struct txn *txn, const Accounts__BindingRow *row);

#endif
