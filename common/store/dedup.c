#include "common/store/dedup.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"

void dedup_hash(struct slice user, struct slice method, struct slice body, uint8_t ret_hash[REQUEST_HASH_SIZE])
{
        static const uint8_t separator = 0;
        crypto_generichash_state state;
        bool ok = crypto_generichash_init(&state, NULL, 0, REQUEST_HASH_SIZE) == 0 &&
                  crypto_generichash_update(&state, user.data, user.size) == 0 &&
                  crypto_generichash_update(&state, &separator, 1) == 0 &&
                  crypto_generichash_update(&state, method.data, method.size) == 0 &&
                  crypto_generichash_update(&state, &separator, 1) == 0 &&
                  crypto_generichash_update(&state, body.data, body.size) == 0 &&
                  crypto_generichash_final(&state, ret_hash, REQUEST_HASH_SIZE) == 0;
        require(ok);
}

enum dedup_answer dedup_find(struct txn *txn, struct id key, const uint8_t hash[REQUEST_HASH_SIZE],
                             struct slice *ret_reply)
{
        struct slice row;
        if (!txn_get(txn, RUNTIME_DEDUP, id_slice(&key), &row))
                return DEDUP_NEW;
        require(row.size >= REQUEST_HASH_SIZE);
        if (memcmp(row.data, hash, REQUEST_HASH_SIZE) != 0)
                return DEDUP_OTHER_CONTENT;
        *ret_reply = slice_of(row.data + REQUEST_HASH_SIZE, row.size - REQUEST_HASH_SIZE);
        return DEDUP_SAME;
}

void dedup_put(struct txn *txn, struct id key, const uint8_t hash[REQUEST_HASH_SIZE], struct slice reply)
{
        uint8_t *room = txn_reserve(txn, RUNTIME_DEDUP, id_slice(&key), REQUEST_HASH_SIZE + reply.size);
        if (room == NULL)
                return;
        memcpy(room, hash, REQUEST_HASH_SIZE);
        if (reply.size > 0)
                memcpy(room + REQUEST_HASH_SIZE, reply.data, reply.size);
}

/* Keys begin with the milliseconds at which they were drawn, so the oldest come first. */
static int64_t drawn_ms(struct slice key)
{
        return (int64_t)(key_read_u64(key, 0) >> 16);
}

int64_t dedup_oldest_ms(struct txn *txn)
{
        struct scan scan = scan_prefix(txn, RUNTIME_DEDUP, slice_of(NULL, 0));
        int64_t oldest_ms = scan_next(&scan) ? drawn_ms(scan.key) : 0;
        scan_end(&scan);
        return oldest_ms;
}

size_t dedup_prune(struct txn *txn, int64_t before_ms, size_t most)
{
        struct id doomed[256];
        size_t count = 0;
        if (most > sizeof(doomed) / sizeof(doomed[0]))
                most = sizeof(doomed) / sizeof(doomed[0]);

        struct scan scan = scan_prefix(txn, RUNTIME_DEDUP, slice_of(NULL, 0));
        while (count < most && scan_next(&scan)) {
                if (drawn_ms(scan.key) >= before_ms)
                        break;
                doomed[count++] = key_read_id(scan.key, 0);
        }
        scan_end(&scan);
        for (size_t i = 0; i < count; i++)
                txn_delete(txn, RUNTIME_DEDUP, id_slice(&doomed[i]));
        return count;
}
