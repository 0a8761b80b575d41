#include "common/service/due.h"

#include <string.h>

#include "common/base/require.h"
#include "common/store/stored.h"

enum {
        ATTEMPTS_AT = sizeof(uint64_t), /* in the values of by_name and parked */
        REASON_AT = ATTEMPTS_AT + sizeof(uint32_t),
};

static struct key name_key(struct due_name name)
{
        struct key key = key_empty();
        key_u8(&key, name.kind);
        key_id(&key, name.id);
        return key;
}

static struct key time_key(struct due_name name, int64_t at_ms)
{
        struct key key = key_empty();
        require(at_ms >= 0);
        key_u8(&key, name.kind);
        key_u64(&key, (uint64_t)at_ms);
        key_id(&key, name.id);
        return key;
}

/* The same bytes as a key's: whoever reads a dump reads both alike. */
static struct key instant_and_attempts(int64_t at_ms, uint32_t attempts)
{
        struct key value = key_of_u64((uint64_t)at_ms);
        key_u32(&value, attempts);
        return value;
}

static void put_row(struct txn *txn, const struct due_tables *tables, const struct due *due)
{
        struct key by_time = time_key(due->name, due->at_ms), by_name = name_key(due->name);
        struct key value = instant_and_attempts(due->at_ms, due->attempts);
        txn_put(txn, tables->by_time, key_slice(&by_time), slice_of("", 0));
        txn_put(txn, tables->by_name, key_slice(&by_name), key_slice(&value));
}

/* From the table of instants; its row by name is put or deleted by the caller. */
static bool take_row(struct txn *txn, const struct due_tables *tables, struct due_name name, struct due *ret)
{
        if (!due_find(txn, tables, name, ret))
                return false;
        struct key by_time = time_key(name, ret->at_ms);
        txn_delete(txn, tables->by_time, key_slice(&by_time));
        return true;
}

bool due_find(struct txn *txn, const struct due_tables *tables, struct due_name name, struct due *ret)
{
        struct key key = name_key(name);
        struct slice value;
        if (!txn_get(txn, tables->by_name, key_slice(&key), &value))
                return false;
        *ret = (struct due){name, (int64_t)key_read_u64(value, 0), key_read_u32(value, ATTEMPTS_AT)};
        return true;
}

void due_set(struct txn *txn, const struct due_tables *tables, struct due_name name, int64_t at_ms)
{
        struct key key = name_key(name);
        struct due before, now = {name, at_ms, 0};
        if (!take_row(txn, tables, name, &before))
                txn_delete(txn, tables->parked, key_slice(&key));
        put_row(txn, tables, &now);
}

void due_again(struct txn *txn, const struct due_tables *tables, struct due_name name, int64_t at_ms)
{
        struct due due;
        if (!take_row(txn, tables, name, &due))
                return;
        due.at_ms = at_ms;
        due.attempts++;
        put_row(txn, tables, &due);
}

bool due_cancel(struct txn *txn, const struct due_tables *tables, struct due_name name)
{
        struct key key = name_key(name);
        struct slice value;
        struct due due;
        if (take_row(txn, tables, name, &due)) {
                txn_delete(txn, tables->by_name, key_slice(&key));
                return true;
        }
        if (!txn_get(txn, tables->parked, key_slice(&key), &value))
                return false;
        txn_delete(txn, tables->parked, key_slice(&key));
        return true;
}

void due_park(struct txn *txn, const struct due_tables *tables, struct due_name name, int64_t at_ms, const char *reason)
{
        struct key key = name_key(name);
        struct due due;
        if (!take_row(txn, tables, name, &due))
                return;
        txn_delete(txn, tables->by_name, key_slice(&key));
        struct key head = instant_and_attempts(at_ms, due.attempts + 1);
        size_t length = strnlen(reason, DUE_REASON_SIZE - 1);
        uint8_t *value = txn_reserve(txn, tables->parked, key_slice(&key), head.size + length);
        if (value == NULL)
                return;
        memcpy(value, head.bytes, head.size);
        memcpy(value + head.size, reason, length);
}

/* --- walks ------------------------------------------------------------------------------------------------------- */

static struct key kind_key(uint8_t kind)
{
        struct key key = key_empty();
        key_u8(&key, kind);
        return key;
}

void due_walk(struct txn *txn, const struct due_tables *tables, uint8_t kind, struct walk *ret)
{
        struct walk_spec spec = {tables->by_time, WALK_UP, CURSOR_KEY};
        walk_begin(txn, spec, kind_key(kind), slice_of(NULL, 0), ret);
}

int64_t due_walk_at_ms(const struct walk *walk)
{
        return (int64_t)key_read_u64(walk->scan.key, 1);
}

static struct parked read_parked(struct due_name name, struct slice value)
{
        require_stored(value.size >= REASON_AT && value.size - REASON_AT < DUE_REASON_SIZE);
        struct parked parked = {name, (int64_t)key_read_u64(value, 0), key_read_u32(value, ATTEMPTS_AT), ""};
        memcpy(parked.reason, value.data + REASON_AT, value.size - REASON_AT);
        return parked;
}

bool parked_find(struct txn *txn, const struct due_tables *tables, struct due_name name, struct parked *ret)
{
        struct key key = name_key(name);
        struct slice value;
        if (!txn_get(txn, tables->parked, key_slice(&key), &value))
                return false;
        *ret = read_parked(name, value);
        return true;
}

void parked_walk(struct txn *txn, const struct due_tables *tables, uint8_t kind, struct slice after, struct walk *ret)
{
        struct walk_spec spec = {tables->parked, WALK_UP, CURSOR_ID};
        walk_begin(txn, spec, kind_key(kind), after, ret);
}

struct parked parked_here(const struct walk *walk)
{
        return read_parked((struct due_name){walk->prefix.bytes[0], walk_id(walk)}, walk->scan.value);
}
