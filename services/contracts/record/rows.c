#include "services/contracts/record/rows.h"

#include <string.h>

#include "common/base/require.h"
#include "services/contracts/record/record_rows.h"

static const struct slice nothing; /* the value of an index row */

void *contracts_row_find_key(struct txn *txn, size_t table, const struct key *key,
                             const ProtobufCMessageDescriptor *type, struct arena *arena)
{
        return txn_get_message(txn, table, key_slice(key), type, arena);
}

void contracts_row_put_key(struct txn *txn, size_t table, const struct key *key, const void *message,
                           struct arena *arena)
{
        txn_put_message(txn, table, key_slice(key), message, arena);
}

void *contracts_row_find(struct txn *txn, size_t table, struct id id, const ProtobufCMessageDescriptor *type,
                         struct arena *arena)
{
        struct key key = key_of_id(id);
        return contracts_row_find_key(txn, table, &key, type, arena);
}

void contracts_row_put(struct txn *txn, size_t table, struct id id, const void *message, struct arena *arena)
{
        struct key key = key_of_id(id);
        contracts_row_put_key(txn, table, &key, message, arena);
}

void contracts_row_remove(struct txn *txn, size_t table, struct id id)
{
        struct key key = key_of_id(id);
        txn_delete(txn, table, key_slice(&key));
}

void contracts_row_index(struct txn *txn, size_t table, struct key key, struct id id)
{
        key_id(&key, id);
        txn_put(txn, table, key_slice(&key), nothing);
}

void contracts_row_index_remove(struct txn *txn, size_t table, struct key key, struct id id)
{
        key_id(&key, id);
        txn_delete(txn, table, key_slice(&key));
}

/* ---- what belongs to a contract */

static struct key about_key(struct id contract, enum about kind)
{
        struct key key = key_of_id(contract);
        key_u8(&key, (uint8_t)kind);
        return key;
}

void contracts_about_put(struct txn *txn, struct id contract, enum about kind, struct id thing)
{
        contracts_row_index(txn, T_ABOUT, about_key(contract, kind), thing);
}

void contracts_about_remove(struct txn *txn, struct id contract, enum about kind, struct id thing)
{
        contracts_row_index_remove(txn, T_ABOUT, about_key(contract, kind), thing);
}

void contracts_about_walk(struct txn *txn, struct id contract, enum about kind, struct walk *ret)
{
        struct key prefix = about_key(contract, kind);
        walk_up(txn, T_ABOUT, prefix, nothing, ret);
}

void contracts_about_walk_backwards(struct txn *txn, struct id contract, enum about kind, struct slice before,
                                    struct walk *ret)
{
        struct key prefix = about_key(contract, kind);
        walk_down(txn, T_ABOUT, prefix, before, ret);
}
