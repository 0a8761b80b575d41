#include "services/gateway/store.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

const struct table_spec gateway_tables[GATEWAY_TABLE_COUNT] = {
        {"account", TABLE_STATE},
        {"user", TABLE_STATE},
        {"token", TABLE_STATE},
        {"account_by_role", TABLE_STATE},
        {"account_awaiting", TABLE_STATE},
};

static bool awaits(const Gateway__AccountRow *row)
{
        return row->token_hash.len == 0 && !row->revoked;
}

Gateway__AccountRow *store_find_account(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ACCOUNT, id_slice(&id), &gateway__account_row__descriptor, arena);
}

static Gateway__AccountRow *account_at(struct txn *txn, size_t table, struct slice key, struct arena *arena)
{
        struct slice found;
        if (!txn_get(txn, table, key, &found) || found.size != sizeof(struct id))
                return NULL;
        return store_find_account(txn, key_read_id(found, 0), arena);
}

Gateway__AccountRow *store_find_user(struct txn *txn, const char *name, struct arena *arena)
{
        if (strlen(name) >= KEY_SIZE_MAX)
                return NULL;
        struct key key = key_of_text(name);
        return account_at(txn, T_USER, key_slice(&key), arena);
}

Gateway__AccountRow *store_find_by_token(struct txn *txn, struct slice token_hash, struct arena *arena)
{
        Gateway__AccountRow *row = account_at(txn, T_TOKEN, token_hash, arena);
        return row != NULL && slice_equal(pb_slice(row->token_hash), token_hash) ? row : NULL;
}

Gateway__AccountRow *store_find_by_token_before(struct txn *txn, struct slice token_hash, struct arena *arena)
{
        Gateway__AccountRow *row = account_at(txn, T_TOKEN, token_hash, arena);
        return row != NULL && slice_equal(pb_slice(row->token_before), token_hash) ? row : NULL;
}

bool store_has_role(struct txn *txn, Types__Role role)
{
        struct key key = key_empty();
        key_u8(&key, (uint8_t)role);
        struct scan scan = scan_prefix(txn, T_ACCOUNT_BY_ROLE, key_slice(&key));
        bool found = scan_next(&scan);
        scan_end(&scan);
        return found;
}

static void put_token(struct txn *txn, const Gateway__AccountRow *row, const Gateway__AccountRow *before)
{
        const struct slice gone[] = {before == NULL ? slice_of(NULL, 0) : pb_slice(before->token_hash),
                                     before == NULL ? slice_of(NULL, 0) : pb_slice(before->token_before)};
        const struct slice there[] = {pb_slice(row->token_hash), pb_slice(row->token_before)};
        for (size_t i = 0; i < ARRAY_SIZE(gone); i++)
                if (gone[i].size > 0)
                        txn_delete(txn, T_TOKEN, gone[i]);
        for (size_t i = 0; i < ARRAY_SIZE(there); i++)
                if (there[i].size > 0)
                        txn_put(txn, T_TOKEN, there[i], pb_slice(row->user_id->value));
}

void store_put_account(struct txn *txn, const Gateway__AccountRow *row, const Gateway__AccountRow *before,
                       struct arena *arena)
{
        struct id id = id_of(row->user_id);
        struct key name = key_of_text(row->name), role = key_empty();
        key_u8(&role, (uint8_t)row->role);
        key_id(&role, id);
        if (before == NULL) {
                txn_put(txn, T_USER, key_slice(&name), id_slice(&id));
                txn_put(txn, T_ACCOUNT_BY_ROLE, key_slice(&role), slice_of(NULL, 0));
        }
        put_token(txn, row, before);
        if (awaits(row))
                txn_put(txn, T_ACCOUNT_AWAITING, id_slice(&id), slice_of(NULL, 0));
        else
                txn_delete(txn, T_ACCOUNT_AWAITING, id_slice(&id));
        txn_put_message(txn, T_ACCOUNT, id_slice(&id), row, arena);
}

void store_walk_begin(struct txn *txn, bool awaiting, struct id before, struct account_walk *ret)
{
        ret->txn = txn;
        ret->from = id_is_zero(before) ? key_empty() : key_of_id(before);
        ret->scan = scan_backwards(txn, awaiting ? T_ACCOUNT_AWAITING : T_ACCOUNT, slice_of(NULL, 0),
                                   key_slice(&ret->from));
}

Gateway__AccountRow *store_walk_next(struct account_walk *walk, struct arena *arena)
{
        return scan_next(&walk->scan) ? store_find_account(walk->txn, key_read_id(walk->scan.key, 0), arena) : NULL;
}

void store_walk_end(struct account_walk *walk)
{
        scan_end(&walk->scan);
}
