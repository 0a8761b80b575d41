#include "services/accounts/sign_in/sign_in_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"

enum { SWEPT_AT_ONCE = 8 };

/* ---- how somebody signs in */

Accounts__SignInRow *store_sign_in(struct txn *txn, struct id account, struct arena *arena)
{
        Accounts__SignInRow *row =
                txn_get_message(txn, T_SIGN_IN, id_slice(&account), &accounts__sign_in_row__descriptor, arena);
        return row != NULL ? row : pb_new(&accounts__sign_in_row__descriptor, arena);
}

void store_put_sign_in(struct txn *txn, struct id account, const Accounts__SignInRow *row, struct arena *arena)
{
        txn_put_message(txn, T_SIGN_IN, id_slice(&account), row, arena);
}

static struct key browser_key(struct id account, struct slice mark)
{
        struct key key = key_of_id(account);
        key_bytes(&key, mark);
        return key;
}

void store_drop_sign_in(struct txn *txn, struct id account)
{
        txn_delete(txn, T_SIGN_IN, id_slice(&account));
        for (bool found = true; found;) {
                struct scan scan = scan_prefix(txn, T_BROWSER, id_slice(&account));
                struct key key = key_empty();
                found = scan_next(&scan);
                if (found)
                        key_bytes(&key, scan.key); /* a copy: what is scanned goes */
                scan_end(&scan);
                if (found)
                        txn_delete(txn, T_BROWSER, key_slice(&key));
        }
}

bool store_knows_browser(struct txn *txn, struct id account, struct slice mark)
{
        struct key key = browser_key(account, mark);
        struct slice found;
        return txn_get(txn, T_BROWSER, key_slice(&key), &found);
}

void store_put_browser(struct txn *txn, struct id account, struct slice mark)
{
        struct key key = browser_key(account, mark);
        txn_put(txn, T_BROWSER, key_slice(&key), (struct slice){0});
}

/* ---- tries */

Accounts__TriesRow *store_tries(struct txn *txn, struct slice what, struct arena *arena)
{
        return txn_get_message(txn, T_TRIES, what, &accounts__tries_row__descriptor, arena);
}

/* What an index row is made of. */
struct tried {
        struct slice what;
        const Accounts__TriesRow *row;
};

static void rows_of_tries(const void *record, struct index_rows *rows)
{
        const struct tried *tried = record;
        struct key key = key_of_u64((uint64_t)tried->row->last->ms);
        key_bytes(&key, tried->what);
        index_row(rows, T_TRIES_BY_TIME, key, (struct slice){0});
}

void store_count_try(struct txn *txn, struct slice what, int64_t at_ms, struct arena *arena)
{
        const Accounts__TriesRow *row_before = store_tries(txn, what, arena);
        const struct tried before = {what, row_before};
        Accounts__TriesRow row = ACCOUNTS__TRIES_ROW__INIT;
        const struct tried now = {what, &row};
        row.failures = row_before == NULL ? 1 : row_before->failures + (row_before->failures < UINT32_MAX);
        row.last = instant_to(arena, at_ms);
        index_move(txn, rows_of_tries, row_before == NULL ? NULL : &before, &now);
        txn_put_message(txn, T_TRIES, what, &row, arena);
}

void store_drop_tries(struct txn *txn, struct slice what, struct arena *arena)
{
        const struct tried before = {what, store_tries(txn, what, arena)};
        if (before.row == NULL)
                return;
        index_move(txn, rows_of_tries, &before, NULL);
        txn_delete(txn, T_TRIES, what);
}

void store_sweep_tries(struct txn *txn, int64_t before_ms, struct arena *arena)
{
        for (unsigned i = 0; i < SWEPT_AT_ONCE; i++) {
                struct scan scan = scan_prefix(txn, T_TRIES_BY_TIME, (struct slice){0});
                struct key key = key_empty();
                bool old = scan_next(&scan) && (int64_t)key_read_u64(scan.key, 0) < before_ms;
                if (old)
                        key_bytes(&key, scan.key);
                scan_end(&scan);
                if (!old)
                        return;
                store_drop_tries(txn, slice_of(key.bytes + sizeof(uint64_t), TRIED_SIZE), arena);
        }
}
