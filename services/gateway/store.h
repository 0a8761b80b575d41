/* store.h: all of the gateway's tables and the keys of their rows. Only apply.c calls the functions that write.
 *
 *   table    key                        value
 *   user     name text                  gateway.UserCreated, the last of that name
 *   token    BLAKE2b-256 of the token   name; no row once the user is revoked
 *
 * Both are TABLE_STATE. A user is revoked where her row's hash has no token row: there is one truth about it, and it
 * is the one that authentication reads. Messages returned live in the arena. */
#ifndef SERVICES_GATEWAY_STORE_H
#define SERVICES_GATEWAY_STORE_H

#include "common/base/arena.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"
#include "gateway/events.pb-c.h"
#include "gateway/queries.pb-c.h"

enum { T_USER = RUNTIME_TABLES, T_TOKEN, T_END, GATEWAY_TABLE_COUNT = T_END - RUNTIME_TABLES };

extern const struct table_spec gateway_tables[GATEWAY_TABLE_COUNT];

/* NULL: there never was one of that name. */
Gateway__UserCreated *store_find_user(struct txn *txn, const char *name, struct arena *arena);
bool store_is_revoked(struct txn *txn, const Gateway__UserCreated *user);
/* The user that this token belongs to; NULL: none, or revoked. */
Gateway__UserCreated *store_find_by_token(struct txn *txn, struct slice token_hash, struct arena *arena);

void store_put_user(struct txn *txn, const Gateway__UserCreated *user, struct arena *arena);
void store_revoke_user(struct txn *txn, const Gateway__UserCreated *user);

/* Adds up to `limit` users, names ascending, behind the name `after` (empty: from the first), and sets `next`. */
void store_list_users(struct txn *txn, struct slice after, uint32_t limit, Gateway__UsersReply *reply,
                      struct arena *arena);

#endif
