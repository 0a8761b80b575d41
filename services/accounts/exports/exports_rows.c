#include "services/accounts/exports/exports_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

enum { DROPPED_AT_ONCE = 64 };

Accounts__ExportRow *store_export(struct txn *txn, uint64_t number, struct arena *arena)
{
        struct key key = key_of_u64(number);
        return txn_get_message(txn, T_EXPORT, key_slice(&key), &accounts__export_row__descriptor, arena);
}

static struct key key_of_account(const Accounts__ExportRow *row, uint64_t number)
{
        struct key key = key_of_id(id_of(row->noted->account_id));
        key_u64(&key, number);
        return key;
}

void store_put_export(struct txn *txn, uint64_t number, const Accounts__ExportRow *row, struct arena *arena)
{
        struct key key = key_of_u64(number), of = key_of_account(row, number);
        txn_put_message(txn, T_EXPORT, key_slice(&key), row, arena);
        txn_put(txn, T_EXPORT_OF, key_slice(&of), (struct slice){0});
}

size_t store_oldest_exports(struct txn *txn, uint64_t *ret, size_t max)
{
        size_t count = 0;
        struct scan scan = scan_prefix(txn, T_EXPORT, (struct slice){0});
        while (count < max && scan_next(&scan))
                ret[count++] = key_read_u64(scan.key, 0);
        scan_end(&scan);
        return count;
}

void store_drop_exports(struct txn *txn, uint64_t up_to, struct arena *arena)
{
        uint64_t numbers[DROPPED_AT_ONCE];
        size_t count = store_oldest_exports(txn, numbers, DROPPED_AT_ONCE);
        for (size_t i = 0; i < count && numbers[i] <= up_to; i++) {
                const Accounts__ExportRow *row = store_export(txn, numbers[i], arena);
                struct key key = key_of_u64(numbers[i]);
                if (row == NULL)
                        continue;
                struct key of = key_of_account(row, numbers[i]);
                txn_delete(txn, T_EXPORT, key_slice(&key));
                txn_delete(txn, T_EXPORT_OF, key_slice(&of));
        }
}

void store_walk_exports(struct txn *txn, struct id account, struct slice before, struct walk *ret)
{
        bool all = id_is_zero(account);
        struct walk_spec spec = {all ? T_EXPORT : T_EXPORT_OF, WALK_DOWN, CURSOR_NUMBER};
        walk_begin(txn, spec, all ? key_empty() : key_of_id(account), before, ret);
}
