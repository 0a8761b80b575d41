#include "common/store/position.h"

#include "common/base/require.h"
#include "common/store/eventlog.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"

uint64_t position_get(struct txn *txn, const char *source_instance)
{
        struct key key = key_of_text(source_instance);
        struct slice value;
        return txn_get(txn, RUNTIME_POSITIONS, key_slice(&key), &value) ? key_read_u64(value, 0) : 0;
}

void position_put(struct txn *txn, const char *source_instance, uint64_t number)
{
        struct key key = key_of_text(source_instance);
        struct key value = key_of_u64(number);
        txn_put(txn, RUNTIME_POSITIONS, key_slice(&key), key_slice(&value));
}

void position_put_event(struct txn *txn, const char *source_instance, uint64_t number, struct slice record)
{
        struct key key = key_of_text(source_instance);
        struct key value = key_of_u64(number);
        uint8_t row[sizeof(number) + EVENT_HASH_SIZE];
        memcpy(row, value.bytes, sizeof(number));
        log_hash(record, row + sizeof(number));
        txn_put(txn, RUNTIME_POSITIONS, key_slice(&key), slice_of(row, sizeof(row)));
}

struct slice position_hash(struct txn *txn, const char *source_instance)
{
        struct key key = key_of_text(source_instance);
        struct slice value;
        if (!txn_get(txn, RUNTIME_POSITIONS, key_slice(&key), &value) || value.size <= sizeof(uint64_t))
                return slice_of(NULL, 0);
        return slice_of(value.data + sizeof(uint64_t), value.size - sizeof(uint64_t));
}

bool position_is_followed_by(struct txn *txn, const char *source_instance, struct slice previous_hash)
{
        struct slice hash = position_hash(txn, source_instance);
        return hash.size == 0 || slice_equal(hash, previous_hash);
}
