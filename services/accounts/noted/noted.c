#include "services/accounts/noted/noted.h"

#include "common/store/key.h"

enum { AT_ONCE = 64 };

void *noted_row(struct txn *txn, const struct noted *noted, uint64_t number, struct arena *arena)
{
        struct key key = key_of_u64(number);
        return txn_get_message(txn, *noted->rows, key_slice(&key), noted->type, arena);
}

static struct key key_of_account(const struct noted *noted, const void *row, uint64_t number)
{
        struct key key = key_of_id(noted->account(row));
        key_u64(&key, number);
        return key;
}

void noted_put(struct txn *txn, const struct noted *noted, uint64_t number, const void *row, struct arena *arena)
{
        struct key key = key_of_u64(number), of = key_of_account(noted, row, number);
        txn_put_message(txn, *noted->rows, key_slice(&key), row, arena);
        txn_put(txn, *noted->of_account, key_slice(&of), (struct slice){0});
}

static size_t oldest(struct txn *txn, const struct noted *noted, uint64_t ret[AT_ONCE], size_t max)
{
        size_t count = 0;
        struct scan scan = scan_prefix(txn, *noted->rows, (struct slice){0});
        while (count < max && count < AT_ONCE && scan_next(&scan))
                ret[count++] = key_read_u64(scan.key, 0);
        scan_end(&scan);
        return count;
}

void noted_drop(struct txn *txn, const struct noted *noted, uint64_t up_to, struct arena *arena)
{
        uint64_t numbers[AT_ONCE];
        size_t count = oldest(txn, noted, numbers, AT_ONCE);
        for (size_t i = 0; i < count && numbers[i] <= up_to; i++) {
                const void *row = noted_row(txn, noted, numbers[i], arena);
                struct key key = key_of_u64(numbers[i]);
                if (row == NULL)
                        continue;
                struct key of = key_of_account(noted, row, numbers[i]);
                txn_delete(txn, *noted->rows, key_slice(&key));
                txn_delete(txn, *noted->of_account, key_slice(&of));
        }
}

void noted_walk(struct txn *txn, const struct noted *noted, struct id account, struct slice before, struct walk *ret)
{
        bool all = id_is_zero(account);
        struct walk_spec spec = {all ? *noted->rows : *noted->of_account, WALK_DOWN, CURSOR_NUMBER};
        walk_begin(txn, spec, all ? key_empty() : key_of_id(account), before, ret);
}

uint64_t noted_forget(struct work *work, const struct noted *noted, int64_t kept_days, size_t at_once)
{
        const int64_t kept_ms = kept_days * 24 * 60 * 60 * 1000;
        uint64_t numbers[AT_ONCE], up_to = 0;
        size_t count = oldest(work->txn, noted, numbers, at_once);
        for (size_t i = 0; i < count; i++) {
                const void *row = noted_row(work->txn, noted, numbers[i], work->arena);
                if (row != NULL && noted->at_ms(row) > work->now_ms - kept_ms)
                        break;
                up_to = numbers[i];
                work_forget_sealed(work, numbers[i]);
        }
        return up_to;
}
