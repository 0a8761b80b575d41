#include "services/accounts/mail/mail_rows.h"

#include "accounts/mail.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"

/* ---- addresses */

static Accounts__OwnAddressRow *find_address(struct txn *txn, struct id account, struct arena *arena)
{
        return txn_get_message(txn, T_OWN_ADDRESS, id_slice(&account), &accounts__own_address_row__descriptor, arena);
}

Accounts__OwnAddressRow *store_own_address(struct txn *txn, struct id account, struct arena *arena)
{
        Accounts__OwnAddressRow *row = find_address(txn, account, arena);
        return row != NULL ? row : pb_new(&accounts__own_address_row__descriptor, arena);
}

/* What an index row is made of. */
struct addressed {
        struct id account;
        const Accounts__OwnAddressRow *row;
};

/* One whose unpublished part was forgotten has no hash: another event follows in the log that replaces or ends it. */
static void rows_of_address(const void *record, struct index_rows *rows)
{
        const struct addressed *addressed = record;
        const Accounts__AddressSealed *confirmed = addressed->row->confirmed;
        struct key key = key_empty();
        if (confirmed == NULL || confirmed->hash.len != ADDRESS_HASH_SIZE)
                return;
        key_bytes(&key, pb_slice(confirmed->hash));
        key_id(&key, addressed->account);
        index_row(rows, T_ADDRESS_OF, key, (struct slice){0});
}

void store_put_own_address(struct txn *txn, struct id account, const Accounts__OwnAddressRow *row, struct arena *arena)
{
        const struct addressed before = {account, find_address(txn, account, arena)}, now = {account, row};
        index_move(txn, rows_of_address, before.row == NULL ? NULL : &before, &now);
        txn_put_message(txn, T_OWN_ADDRESS, id_slice(&account), row, arena);
}

void store_drop_own_address(struct txn *txn, struct id account, struct arena *arena)
{
        const struct addressed before = {account, find_address(txn, account, arena)};
        if (before.row == NULL)
                return;
        index_move(txn, rows_of_address, &before, NULL);
        txn_delete(txn, T_OWN_ADDRESS, id_slice(&account));
}

size_t store_accounts_at(struct txn *txn, struct slice hash, struct id *ret, size_t max)
{
        size_t count = 0;
        struct scan scan = scan_prefix(txn, T_ADDRESS_OF, hash);
        while (count < max && scan_next(&scan))
                ret[count++] = key_read_id(scan.key, ADDRESS_HASH_SIZE);
        scan_end(&scan);
        return count;
}

/* ---- mails */

Accounts__MailRow *store_mail(struct txn *txn, struct id mail, struct arena *arena)
{
        return txn_get_message(txn, T_MAIL, id_slice(&mail), &accounts__mail_row__descriptor, arena);
}

Accounts__MailRow *store_mail_of_hash(struct txn *txn, struct slice hash, struct arena *arena)
{
        struct slice found;
        if (hash.size != 32 || !txn_get(txn, T_MAIL_BY_HASH, hash, &found) || found.size != sizeof(struct id))
                return NULL;
        return store_mail(txn, key_read_id(found, 0), arena);
}

static void rows_of_mail(const void *record, struct index_rows *rows)
{
        const Accounts__MailRow *row = record;
        struct id id = id_of(row->due->mail_id);
        struct key hash = key_empty();
        index_id(rows, T_MAIL_OF, key_of_id(id_of(row->due->account_id)), id);
        if (row->hash.len == 0)
                return;
        key_bytes(&hash, pb_slice(row->hash));
        index_row(rows, T_MAIL_BY_HASH, hash, id_slice(&id));
}

void store_put_mail(struct txn *txn, const Accounts__MailRow *row, struct arena *arena)
{
        struct id id = id_of(row->due->mail_id);
        const Accounts__MailRow *before = store_mail(txn, id, arena);
        index_move(txn, rows_of_mail, before, row);
        txn_put_message(txn, T_MAIL, id_slice(&id), row, arena);
}

void store_drop_mail(struct txn *txn, struct id mail, struct arena *arena)
{
        const Accounts__MailRow *row = store_mail(txn, mail, arena);
        if (row == NULL)
                return;
        index_move(txn, rows_of_mail, row, NULL);
        txn_delete(txn, T_MAIL, id_slice(&mail));
}

void store_walk_mails(struct txn *txn, struct id account, struct walk *ret)
{
        struct walk_spec spec = {T_MAIL_OF, WALK_DOWN, CURSOR_ID};
        walk_begin(txn, spec, key_of_id(account), (struct slice){0}, ret);
}

void store_walk_oldest_mails(struct txn *txn, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_MAIL, WALK_UP, CURSOR_ID}, key_empty(), (struct slice){0}, ret);
}
