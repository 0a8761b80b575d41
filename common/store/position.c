#include "common/store/position.h"

#include "common/base/require.h"
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
