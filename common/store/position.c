#include "common/store/position.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"

/* A row is one mark where copies and reactions go together, which is nearly always, else two. */
enum { MARK_SIZE = sizeof(uint64_t) + EVENT_HASH_SIZE };

static struct position_mark read_mark(struct slice row)
{
        struct position_mark mark = {.number = key_read_u64(row, 0)};
        if (row.size >= MARK_SIZE)
                memcpy(mark.hash, row.data + sizeof(uint64_t), sizeof(mark.hash));
        return mark;
}

static struct position read_row(struct slice row)
{
        struct position position = {.taken = read_mark(row)};
        position.copied =
                row.size == 2 * MARK_SIZE ? read_mark(slice_of(row.data + MARK_SIZE, MARK_SIZE)) : position.taken;
        return position;
}

static void write_mark(uint8_t *row, const struct position_mark *mark)
{
        struct key number = key_of_u64(mark->number);
        memcpy(row, number.bytes, sizeof(uint64_t));
        memcpy(row + sizeof(uint64_t), mark->hash, sizeof(mark->hash));
}

static void put_row(struct txn *txn, struct slice key, const struct position *position)
{
        uint8_t row[2 * MARK_SIZE];
        bool together = position->copied.number == position->taken.number;
        require(position->copied.number <= position->taken.number);
        write_mark(row, &position->taken);
        write_mark(row + MARK_SIZE, &position->copied);
        txn_put(txn, RUNTIME_POSITIONS, key, slice_of(row, together ? MARK_SIZE : sizeof(row)));
}

struct position position_get(struct txn *txn, const char *source_instance)
{
        struct key key = key_of_text(source_instance);
        struct slice row;
        return txn_get(txn, RUNTIME_POSITIONS, key_slice(&key), &row) ? read_row(row) : (struct position){0};
}

void position_put(struct txn *txn, const char *source_instance, const struct position *position)
{
        struct key key = key_of_text(source_instance);
        put_row(txn, key_slice(&key), position);
}

struct position_mark position_mark_of(uint64_t number, struct slice record)
{
        struct position_mark mark = {.number = number};
        log_hash(record, mark.hash);
        return mark;
}

bool position_is_followed_by(const struct position_mark *mark, struct slice previous_hash)
{
        static const uint8_t unknown[EVENT_HASH_SIZE];
        return memcmp(mark->hash, unknown, sizeof(unknown)) == 0 ||
               slice_equal(slice_of(mark->hash, sizeof(mark->hash)), previous_hash);
}

void position_copy_again(struct txn *txn, struct arena *arena)
{
        struct scan scan = scan_prefix(txn, RUNTIME_POSITIONS, slice_of(NULL, 0));
        struct slice *keys = NULL;
        size_t count = 0;
        while (scan_next(&scan)) { /* a table that is walked is not written */
                keys = pb_append(keys, &count, sizeof(*keys), arena);
                keys[count - 1] = arena_copy_slice(arena, scan.key);
        }
        scan_end(&scan);
        for (size_t i = 0; i < count; i++) {
                struct slice row;
                if (!txn_get(txn, RUNTIME_POSITIONS, keys[i], &row))
                        continue;
                struct position position = read_row(row);
                position.copied = (struct position_mark){0};
                put_row(txn, keys[i], &position);
        }
}
