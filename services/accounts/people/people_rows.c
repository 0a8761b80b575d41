#include "services/accounts/people/people_rows.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"

Accounts__AccountRow *store_account(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ACCOUNT, id_slice(&id), &accounts__account_row__descriptor, arena);
}

Accounts__AccountRow *store_account_named(struct txn *txn, const char *name, struct arena *arena)
{
        struct slice found;
        if (strlen(name) >= KEY_SIZE_MAX)
                return NULL;
        struct key key = key_of_text(name);
        if (!txn_get(txn, T_ACCOUNT_BY_NAME, key_slice(&key), &found) || found.size != sizeof(struct id))
                return NULL;
        return store_account(txn, key_read_id(found, 0), arena);
}

Accounts__MembershipRow *store_membership(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_MEMBERSHIP, id_slice(&id), &accounts__membership_row__descriptor, arena);
}

bool store_has_role(struct txn *txn, Types__Role role)
{
        struct key key = key_empty();
        key_u8(&key, (uint8_t)role);
        struct scan scan = scan_prefix(txn, T_MEMBERSHIP_BY_ROLE, key_slice(&key));
        bool found = scan_next(&scan);
        scan_end(&scan);
        return found;
}

struct memberships store_memberships(struct txn *txn, struct id account, struct arena *arena)
{
        struct memberships all = {.count = 0};
        struct walk walk;
        struct id id;
        walk_up(txn, T_MEMBERSHIP_OF, key_of_id(account), (struct slice){0}, &walk);
        while (all.count < MEMBERSHIPS_MAX && walk_next(&walk, &id)) {
                Accounts__MembershipRow *row = store_membership(txn, id, arena);
                if (row != NULL)
                        all.rows[all.count++] = row;
        }
        walk_end(&walk);
        return all;
}

static void rows_of_account(const void *record, struct index_rows *rows)
{
        const Accounts__AccountRow *row = record;
        struct id id = id_of(row->account_id);
        index_row(rows, T_ACCOUNT_BY_NAME, key_of_text(row->name), id_slice(&id));
}

void store_put_account(struct txn *txn, const Accounts__AccountRow *row, const Accounts__AccountRow *before,
                       struct arena *arena)
{
        struct id id = id_of(row->account_id);
        index_move(txn, rows_of_account, before, row);
        txn_put_message(txn, T_ACCOUNT, id_slice(&id), row, arena);
}

static void rows_of_membership(const void *record, struct index_rows *rows)
{
        const Accounts__MembershipRow *row = record;
        struct id id = id_of(row->what->membership_id);
        struct key role = key_empty();
        key_u8(&role, (uint8_t)row->what->role);
        index_id(rows, T_MEMBERSHIP_BY_ROLE, role, id);
        index_id(rows, T_MEMBERSHIP_OF, key_of_id(id_of(row->what->account_id)), id);
        if (row->awaits_consent && !row->ended)
                index_id(rows, T_MEMBERSHIP_AWAITING, key_empty(), id);
}

void store_put_membership(struct txn *txn, const Accounts__MembershipRow *row, const Accounts__MembershipRow *before,
                          struct arena *arena)
{
        struct id id = id_of(row->what->membership_id);
        index_move(txn, rows_of_membership, before, row);
        txn_put_message(txn, T_MEMBERSHIP, id_slice(&id), row, arena);
}

void store_walk_memberships(struct txn *txn, bool awaiting, struct slice before, struct walk *ret)
{
        struct walk_spec spec = {awaiting ? T_MEMBERSHIP_AWAITING : T_MEMBERSHIP, WALK_DOWN, CURSOR_ID};
        walk_begin(txn, spec, key_empty(), before, ret);
}
