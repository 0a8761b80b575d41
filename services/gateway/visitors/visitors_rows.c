#include "services/gateway/visitors/visitors_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

const struct table_spec gateway_tables[GATEWAY_TABLE_COUNT] = {
        {"account_copy", TABLE_COPY},   {"membership_copy", TABLE_COPY}, {"key_copy", TABLE_COPY},
        {"key_copy_by_id", TABLE_COPY}, {"link_copy", TABLE_COPY},       {"link_copy_by_hash", TABLE_COPY},
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

Gateway__LinkCopy *visitors_link(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_LINK_COPY, id_slice(&id), &gateway__link_copy__descriptor, arena);
}

Gateway__LinkCopy *visitors_link_of_hash(struct txn *txn, struct slice hash, struct arena *arena)
{
        struct slice id;
        if (!txn_get(txn, T_LINK_COPY_BY_HASH, hash, &id) || id.size != sizeof(struct id))
                return NULL;
        return visitors_link(txn, key_read_id(id, 0), arena);
}

/* The token before opens nothing from then on. */
void visitors_put_link(struct txn *txn, const Gateway__LinkCopy *row, struct arena *arena)
{
        struct id id = id_of(row->link->link_id);
        visitors_drop_link(txn, id, arena);
        txn_put_message(txn, T_LINK_COPY, id_slice(&id), row, arena);
        if (row->hash.len > 0)
                txn_put(txn, T_LINK_COPY_BY_HASH, pb_slice(row->hash), id_slice(&id));
}

void visitors_drop_link(struct txn *txn, struct id id, struct arena *arena)
{
        const Gateway__LinkCopy *row = visitors_link(txn, id, arena);
        if (row == NULL)
                return;
        if (row->hash.len > 0)
                txn_delete(txn, T_LINK_COPY_BY_HASH, pb_slice(row->hash));
        txn_delete(txn, T_LINK_COPY, id_slice(&id));
}
