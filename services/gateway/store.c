#include "services/gateway/store.h"

#include "common/codec/pb.h"
#include "common/store/key.h"

const struct table_spec gateway_tables[GATEWAY_TABLE_COUNT] = {
    {"user", TABLE_STATE},
    {"token", TABLE_STATE},
};

Gateway__UserCreated *store_find_user(struct txn *txn, const char *name, struct arena *arena)
{
        struct key key = key_of_text(name);
        return txn_get_message(txn, T_USER, key_slice(&key), &gateway__user_created__descriptor, arena);
}

bool store_is_revoked(struct txn *txn, const Gateway__UserCreated *user)
{
        struct slice name;
        return !txn_get(txn, T_TOKEN, pb_slice(user->token_hash), &name);
}

Gateway__UserCreated *store_find_by_token(struct txn *txn, struct slice token_hash, struct arena *arena)
{
        struct slice name;
        if (!txn_get(txn, T_TOKEN, token_hash, &name))
                return NULL;
        return store_find_user(txn, arena_printf(arena, "%.*s", (int)name.size, (const char *)name.data), arena);
}

void store_put_user(struct txn *txn, const Gateway__UserCreated *user, struct arena *arena)
{
        struct key key = key_of_text(user->name);
        txn_put_message(txn, T_USER, key_slice(&key), user, arena);
        txn_put(txn, T_TOKEN, pb_slice(user->token_hash), slice_of_text(user->name));
}

void store_revoke_user(struct txn *txn, const Gateway__UserCreated *user)
{
        txn_delete(txn, T_TOKEN, pb_slice(user->token_hash));
}

static Gateway__UserView *view_of(struct txn *txn, const Gateway__UserCreated *user, struct arena *arena)
{
        Gateway__UserView *view = pb_new(&gateway__user_view__descriptor, arena);
        view->user_id = user->user_id;
        view->name = user->name;
        view->role = user->role;
        view->organisation = user->organisation;
        view->territories = user->territories;
        view->n_territories = user->n_territories;
        view->token_ends = user->token_ends;
        view->revoked = store_is_revoked(txn, user);
        return view;
}

void store_list_users(struct txn *txn, struct slice after, uint32_t limit, Gateway__UsersReply *reply,
                      struct arena *arena)
{
        struct scan scan = scan_from(txn, T_USER, slice_of(NULL, 0), after);
        struct slice last = slice_of(NULL, 0);

        while (scan_next(&scan)) {
                if (after.size > 0 && slice_equal(scan.key, after))
                        continue;
                if (reply->n_users == limit) {
                        reply->next = pb_bytes(last);
                        break;
                }
                Gateway__UserCreated *user = pb_decode(&gateway__user_created__descriptor, scan.value, arena);
                if (user == NULL)
                        continue;
                reply->users = pb_append(reply->users, &reply->n_users, sizeof(*reply->users), arena);
                reply->users[reply->n_users - 1] = view_of(txn, user, arena);
                last = arena_copy_slice(arena, scan.key);
        }
        scan_end(&scan);
}
