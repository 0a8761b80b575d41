#include "services/accounts/keys/keys_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"

Accounts__KeyRow *store_key(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_KEY, id_slice(&id), &accounts__key_row__descriptor, arena);
}

Accounts__KeyRow *store_key_of_hash(struct txn *txn, struct slice hash, struct arena *arena)
{
        struct slice found;
        if (!txn_get(txn, T_KEY_BY_HASH, hash, &found) || found.size != sizeof(struct id))
                return NULL;
        return store_key(txn, key_read_id(found, 0), arena);
}

static void rows_of_key(const void *record, struct index_rows *rows)
{
        const Accounts__KeyRow *row = record;
        struct id id = id_of(row->given->key_id);
        struct key hash = key_empty();
        key_bytes(&hash, pb_slice(row->given->hash));
        index_row(rows, T_KEY_BY_HASH, hash, id_slice(&id));
        index_id(rows, T_KEY_OF, key_of_id(id_of(row->given->account_id)), id);
}

void store_put_key(struct txn *txn, const Accounts__KeyRow *row, struct arena *arena)
{
        struct id id = id_of(row->given->key_id);
        index_move(txn, rows_of_key, NULL, row);
        txn_put_message(txn, T_KEY, id_slice(&id), row, arena);
}

void store_drop_key(struct txn *txn, struct id id, struct arena *arena)
{
        const Accounts__KeyRow *row = store_key(txn, id, arena);
        if (row == NULL)
                return;
        index_move(txn, rows_of_key, row, NULL);
        txn_delete(txn, T_KEY, id_slice(&id));
}

void store_walk_keys(struct txn *txn, struct id account, struct slice before, struct walk *ret)
{
        struct walk_spec spec = {T_KEY_OF, WALK_DOWN, CURSOR_ID};
        walk_begin(txn, spec, key_of_id(account), before, ret);
}
