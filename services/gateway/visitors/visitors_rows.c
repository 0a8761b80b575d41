#include "services/gateway/visitors/visitors_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

const struct table_spec gateway_tables[GATEWAY_TABLE_COUNT] = {
        {"account_copy", TABLE_COPY},
        {"membership_copy", TABLE_COPY},
        {"key_copy", TABLE_COPY},
        {"key_copy_by_id", TABLE_COPY},
};

Gateway__AccountCopy *visitors_account(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ACCOUNT_COPY, id_slice(&id), &gateway__account_copy__descriptor, arena);
}

Gateway__MembershipCopy *visitors_membership(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_MEMBERSHIP_COPY, id_slice(&id), &gateway__membership_copy__descriptor, arena);
}

Gateway__KeyCopy *visitors_key(struct txn *txn, struct slice hash, struct arena *arena)
{
        return txn_get_message(txn, T_KEY_COPY, hash, &gateway__key_copy__descriptor, arena);
}

Gateway__KeyCopy *visitors_key_of_id(struct txn *txn, struct id id, struct arena *arena)
{
        struct slice hash;
        return txn_get(txn, T_KEY_COPY_BY_ID, id_slice(&id), &hash) ? visitors_key(txn, hash, arena) : NULL;
}

void visitors_put_account(struct txn *txn, struct id id, const Gateway__AccountCopy *row, struct arena *arena)
{
        txn_put_message(txn, T_ACCOUNT_COPY, id_slice(&id), row, arena);
}

void visitors_put_membership(struct txn *txn, const Gateway__MembershipCopy *row, struct arena *arena)
{
        struct id id = id_of(row->what->membership_id);
        txn_put_message(txn, T_MEMBERSHIP_COPY, id_slice(&id), row, arena);
}

void visitors_put_key(struct txn *txn, const Gateway__KeyCopy *row, struct arena *arena)
{
        struct id id = id_of(row->given->key_id);
        struct slice hash = pb_slice(row->given->hash);
        txn_put_message(txn, T_KEY_COPY, hash, row, arena);
        txn_put(txn, T_KEY_COPY_BY_ID, id_slice(&id), hash);
}

void visitors_drop_key(struct txn *txn, struct id id, struct arena *arena)
{
        const Gateway__KeyCopy *row = visitors_key_of_id(txn, id, arena);
        if (row == NULL)
                return;
        txn_delete(txn, T_KEY_COPY, pb_slice(row->given->hash));
        txn_delete(txn, T_KEY_COPY_BY_ID, id_slice(&id));
}
