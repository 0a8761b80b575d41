#include "services/accounts/sign_in/binding_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

Accounts__BindingRow *store_binding(struct txn *txn, struct slice hash, struct arena *arena)
{
        return txn_get_message(txn, T_BINDING, hash, &accounts__binding_row__descriptor, arena);
}

static struct key key_of(struct id account, struct id binding)
{
        struct key key = key_of_id(account);
        key_id(&key, binding);
        return key;
}

Accounts__BindingRow *store_binding_of(struct txn *txn, struct id account, struct id binding, struct arena *arena)
{
        const struct key key = key_of(account, binding);
        struct slice hash;
        return txn_get(txn, T_BINDING_OF, key_slice(&key), &hash) ? store_binding(txn, hash, arena) : NULL;
}

size_t store_bindings(struct txn *txn, struct id account, struct arena *arena, Accounts__BindingRow *ret[BINDINGS_MAX])
{
        size_t count = 0;
        struct scan scan = scan_prefix(txn, T_BINDING_OF, id_slice(&account));
        while (count < BINDINGS_MAX && scan_next(&scan)) {
                Accounts__BindingRow *row = store_binding(txn, scan.value, arena);
                if (row != NULL)
                        ret[count++] = row;
        }
        scan_end(&scan);
        return count;
}

void store_put_binding(struct txn *txn, const Accounts__BindingRow *row, struct arena *arena)
{
        const struct key key = key_of(id_of(row->account_id), id_of(row->binding_id));
        txn_put_message(txn, T_BINDING, pb_slice(row->what->hash), row, arena);
        txn_put(txn, T_BINDING_OF, key_slice(&key), pb_slice(row->what->hash));
}

void store_drop_binding(struct txn *txn, const Accounts__BindingRow *row)
{
        const struct key key = key_of(id_of(row->account_id), id_of(row->binding_id));
        txn_delete(txn, T_BINDING, pb_slice(row->what->hash));
        txn_delete(txn, T_BINDING_OF, key_slice(&key));
}
