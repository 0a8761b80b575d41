#include "services/gateway/accounts/accounts_rows.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
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

static void put_token(struct index_rows *rows, struct slice hash, struct id id)
{
        struct key key = key_empty();
        key_bytes(&key, hash);
        index_row(rows, T_TOKEN, key, id_slice(&id));
}

static void rows_of_account(const void *record, struct index_rows *rows)
{
        const Gateway__AccountRow *row = record;
        const struct slice tokens[] = {pb_slice(row->token_hash), pb_slice(row->token_before)};
        struct id id = id_of(row->user_id);
        struct key role = key_empty();
        key_u8(&role, (uint8_t)row->role);
        index_row(rows, T_USER, key_of_text(row->name), id_slice(&id));
        index_id(rows, T_ACCOUNT_BY_ROLE, role, id);
        for (size_t i = 0; i < ARRAY_SIZE(tokens); i++)
                if (tokens[i].size > 0)
                        put_token(rows, tokens[i], id);
        if (awaits(row))
                index_id(rows, T_ACCOUNT_AWAITING, key_empty(), id);
}

void store_put_account(struct txn *txn, const Gateway__AccountRow *row, const Gateway__AccountRow *before,
                       struct arena *arena)
{
        struct id id = id_of(row->user_id);
        index_move(txn, rows_of_account, before, row);
        txn_put_message(txn, T_ACCOUNT, id_slice(&id), row, arena);
}

void store_walk_accounts(struct txn *txn, bool awaiting, struct slice before, struct walk *ret)
{
        struct walk_spec spec = {awaiting ? T_ACCOUNT_AWAITING : T_ACCOUNT, WALK_DOWN, CURSOR_ID};
        walk_begin(txn, spec, key_empty(), before, ret);
}
