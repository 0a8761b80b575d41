#include "common/store/walk.h"

#include "common/codec/pb.h"
#include "common/store/stored.h"

static bool is_cursor(const struct walk *walk, struct slice cursor)
{
        if (walk->spec.cursor == CURSOR_KEY)
                return cursor.size >= sizeof(struct id) && cursor.size < KEY_SIZE_MAX &&
                       slice_starts_with(cursor, key_slice(&walk->prefix));
        return cursor.size == (size_t)walk->spec.cursor && walk->prefix.size + cursor.size < KEY_SIZE_MAX;
}

static struct key key_of_cursor(const struct walk *walk, struct slice cursor)
{
        struct key key = walk->spec.cursor == CURSOR_KEY ? key_empty() : walk->prefix;
        key_bytes(&key, cursor);
        if (walk->spec.order == WALK_UP)
                key_u8(&key, 0); /* the least key above it */
        return key;
}

static void open(struct txn *txn, struct walk *walk)
{
        struct slice prefix = key_slice(&walk->prefix), from = key_slice(&walk->from);
        walk->scan = walk->spec.order == WALK_UP ? scan_from(txn, walk->spec.table, prefix, from)
                                                 : scan_backwards(txn, walk->spec.table, prefix, from);
}

void walk_from(struct txn *txn, struct walk_spec spec, struct key prefix, struct key from, struct walk *ret)
{
        ret->spec = spec;
        ret->prefix = prefix;
        ret->from = from;
        ret->then = key_empty();
        ret->id_in_value = false;
        ret->is_foreign = false;
        open(txn, ret);
}

void walk_begin(struct txn *txn, struct walk_spec spec, struct key prefix, struct slice cursor, struct walk *ret)
{
        ret->spec = spec;
        ret->prefix = prefix;
        ret->then = key_empty();
        ret->id_in_value = false;
        ret->is_foreign = cursor.size > 0 && !is_cursor(ret, cursor);
        ret->from = cursor.size == 0 || ret->is_foreign ? key_empty() : key_of_cursor(ret, cursor);
        open(txn, ret);
}

void walk_up(struct txn *txn, size_t table, struct key prefix, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){table, WALK_UP, CURSOR_KEY}, prefix, after, ret);
}

void walk_down(struct txn *txn, size_t table, struct key prefix, struct slice before, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){table, WALK_DOWN, CURSOR_KEY}, prefix, before, ret);
}

void walk_then(struct walk *walk, struct key then, struct slice after)
{
        struct txn *txn = walk->scan.txn;
        if (!slice_starts_with(after, key_slice(&then))) {
                walk->then = then;
                return;
        }
        walk_end(walk);
        walk_begin(txn, walk->spec, then, after, walk);
}

static bool open_next_part(struct walk *walk)
{
        struct txn *txn = walk->scan.txn;
        if (walk->then.size == 0)
                return false;
        scan_end(&walk->scan);
        walk->prefix = walk->then;
        walk->from = walk->then = key_empty();
        open(txn, walk);
        return true;
}

bool walk_step(struct walk *walk)
{
        if (walk->is_foreign)
                return false;
        return scan_next(&walk->scan) || (open_next_part(walk) && scan_next(&walk->scan));
}

bool walk_next(struct walk *walk, struct id *ret)
{
        if (!walk_step(walk))
                return false;
        *ret = walk_id(walk);
        return true;
}

void walk_end(struct walk *walk)
{
        scan_end(&walk->scan);
}

struct id walk_id(const struct walk *walk)
{
        struct slice from = walk->id_in_value ? walk->scan.value : walk->scan.key;
        require_stored(from.size >= sizeof(struct id));
        return key_read_id(from, from.size - sizeof(struct id));
}

uint64_t walk_number(const struct walk *walk)
{
        struct slice key = walk->scan.key;
        require_stored(key.size >= sizeof(uint64_t));
        return key_read_u64(key, key.size - sizeof(uint64_t));
}

struct slice walk_cursor(const struct walk *walk)
{
        struct slice key = walk->scan.key;
        size_t at = walk->spec.cursor == CURSOR_KEY ? 0 : walk->prefix.size;
        return slice_of(key.data + at, key.size - at);
}

void *walk_message(const struct walk *walk, const ProtobufCMessageDescriptor *type, struct arena *arena)
{
        void *message = pb_decode(type, walk->scan.value, arena);
        require_stored(message != NULL);
        return message;
}
