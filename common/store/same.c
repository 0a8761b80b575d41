#include "common/store/same.h"

#include <string.h>

#include "common/base/require.h"

static bool is_among(const struct same *same, struct id id)
{
        for (size_t i = 0; i < same->count; i++)
                if (id_equal(same->at[i], id))
                        return true;
        return false;
}

static void add_neighbours(struct txn *txn, size_t table, struct id id, struct same *same)
{
        struct scan scan = scan_prefix(txn, table, id_slice(&id));
        while (scan_next(&scan)) {
                struct id other = key_read_id(scan.key, sizeof(other));
                int32_t said;
                memcpy(&said, scan.value.data, sizeof(said));
                if (said > 0 && !is_among(same, other) && same->count < SAME_MAX)
                        same->at[same->count++] = other;
        }
        scan_end(&scan);
}

void same_of(struct txn *txn, size_t table, struct id id, struct same *ret)
{
        ret->at[0] = id;
        ret->count = 1;
        for (size_t i = 0; i < ret->count; i++)
                add_neighbours(txn, table, ret->at[i], ret);
}

struct id same_first(struct txn *txn, size_t table, struct id id)
{
        struct same same;
        struct id first = id;
        same_of(txn, table, id, &same);
        for (size_t i = 1; i < same.count; i++)
                if (memcmp(&same.at[i], &first, sizeof(first)) < 0)
                        first = same.at[i];
        return first;
}

void same_put(struct txn *txn, size_t table, struct id id, struct id other, int32_t by)
{
        struct key key = key_of_id(id), back = key_of_id(other);
        struct slice row;
        int32_t said = 0;
        if (id_equal(id, other) || id_is_zero(id) || id_is_zero(other))
                return;
        key_id(&key, other);
        key_id(&back, id);
        if (txn_get(txn, table, key_slice(&key), &row)) {
                require(row.size == sizeof(said));
                memcpy(&said, row.data, sizeof(said));
        }
        said += by;
        txn_put(txn, table, key_slice(&key), slice_of(&said, sizeof(said)));
        txn_put(txn, table, key_slice(&back), slice_of(&said, sizeof(said)));
}
