#include "services/tracking/followup/followup_rows.h"

#include "common/codec/pb.h"
#include "common/store/key.h"

static struct key key_of_both(struct id beneficiary, struct id id)
{
        struct key key = key_of_id(beneficiary);
        key_id(&key, id);
        return key;
}

Tracking__ContactRow *tracking_contact(struct txn *txn, struct id beneficiary, struct id contact, struct arena *arena)
{
        struct key key = key_of_both(beneficiary, contact);
        return txn_get_message(txn, T_CONTACT, key_slice(&key), &tracking__contact_row__descriptor, arena);
}

void tracking_put_contact(struct txn *txn, struct id beneficiary, struct id contact, const Tracking__ContactRow *row,
                          struct arena *arena)
{
        struct key key = key_of_both(beneficiary, contact);
        txn_put_message(txn, T_CONTACT, key_slice(&key), row, arena);
}

Tracking__ActionRow *tracking_action(struct txn *txn, struct id beneficiary, struct id action, struct arena *arena)
{
        struct key key = key_of_both(beneficiary, action);
        return txn_get_message(txn, T_ACTION, key_slice(&key), &tracking__action_row__descriptor, arena);
}

void tracking_put_action(struct txn *txn, struct id beneficiary, struct id action, const Tracking__ActionRow *row,
                         struct arena *arena)
{
        struct key key = key_of_both(beneficiary, action);
        txn_put_message(txn, T_ACTION, key_slice(&key), row, arena);
}

void contacts_walk(struct txn *txn, struct id beneficiary, struct slice before, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_CONTACT, WALK_DOWN, CURSOR_ID}, key_of_id(beneficiary), before, ret);
}

void actions_walk(struct txn *txn, struct id beneficiary, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_ACTION, WALK_UP, CURSOR_ID}, key_of_id(beneficiary), slice_of(NULL, 0),
                   ret);
}

/* Rows are not to be taken away while they are walked. */
static void forget_in(struct txn *txn, size_t table, struct id beneficiary)
{
        bool more = true;
        while (more) {
                struct scan scan = scan_prefix(txn, table, id_slice(&beneficiary));
                struct key key = key_empty();
                more = scan_next(&scan);
                if (more)
                        key_bytes(&key, scan.key);
                scan_end(&scan);
                if (more)
                        txn_delete(txn, table, key_slice(&key));
        }
}

void followup_forget(struct txn *txn, struct id beneficiary)
{
        forget_in(txn, T_CONTACT, beneficiary);
        forget_in(txn, T_ACTION, beneficiary);
}
