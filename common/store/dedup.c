#include "common/store/dedup.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"
#include "common/store/stored.h"

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

/* A row begins with the complement of the hash where the position follows it, with the hash itself where an older
 * program wrote it, without a position. */
enum { POSITION_SIZE = 8, HEAD_SIZE = REQUEST_HASH_SIZE + POSITION_SIZE };

static void complement(const uint8_t hash[REQUEST_HASH_SIZE], uint8_t ret[REQUEST_HASH_SIZE])
{
        for (size_t i = 0; i < REQUEST_HASH_SIZE; i++)
                ret[i] = (uint8_t)~hash[i];
}

enum dedup_answer dedup_find(struct txn *txn, struct id key, const uint8_t hash[REQUEST_HASH_SIZE],
                             struct dedup_reply *ret_reply)
{
        uint8_t mark[REQUEST_HASH_SIZE];
        struct slice row;
        if (!txn_get(txn, RUNTIME_DEDUP, id_slice(&key), &row))
                return DEDUP_NEW;
        require_stored(row.size >= REQUEST_HASH_SIZE);
        complement(hash, mark);
        bool of_today = row.size >= HEAD_SIZE && memcmp(row.data, mark, sizeof(mark)) == 0;
        if (!of_today && memcmp(row.data, hash, REQUEST_HASH_SIZE) != 0)
                return DEDUP_OTHER_CONTENT;
        size_t head = of_today ? HEAD_SIZE : REQUEST_HASH_SIZE;
        ret_reply->position = of_today ? key_read_u64(row, REQUEST_HASH_SIZE) : 0;
        ret_reply->body = slice_of(row.data + head, row.size - head);
        return DEDUP_SAME;
}

void dedup_put(struct txn *txn, struct id key, const uint8_t hash[REQUEST_HASH_SIZE], const struct dedup_reply *reply)
{
        struct key position = key_of_u64(reply->position);
        uint8_t *room = txn_reserve(txn, RUNTIME_DEDUP, id_slice(&key), HEAD_SIZE + reply->body.size);
        if (room == NULL)
                return;
        complement(hash, room);
        memcpy(room + REQUEST_HASH_SIZE, key_slice(&position).data, POSITION_SIZE);
        if (reply->body.size > 0)
                memcpy(room + HEAD_SIZE, reply->body.data, reply->body.size);
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
