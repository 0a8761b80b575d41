#include "common/store/eventlog.h"

#include <sodium.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"
#include "common/store/stored.h"

static const char HEAD_KEY[] = "head", SHED_KEY[] = "shed";

/* In the place of a sealed part: neither a message nor anything that a key has sealed is one byte of zero. */
static const struct slice FORGOTTEN = {(const uint8_t *)"", 1};

void log_hash(struct slice record, uint8_t ret_hash[EVENT_HASH_SIZE])
{
        require(crypto_generichash(ret_hash, EVENT_HASH_SIZE, record.data, record.size, NULL, 0) == 0);
}

struct log_head log_read_head(struct txn *txn)
{
        struct log_head head = {0};
        struct slice row;
        if (txn_get(txn, RUNTIME_HEAD, slice_of_text(HEAD_KEY), &row)) {
                require_stored(row.size == sizeof(uint64_t) + EVENT_HASH_SIZE);
                head.number = key_read_u64(row, 0);
                memcpy(head.hash, row.data + sizeof(uint64_t), EVENT_HASH_SIZE);
        }
        return head;
}

void log_write_head(struct txn *txn, const struct log_head *head)
{
        uint8_t row[sizeof(uint64_t) + EVENT_HASH_SIZE];
        struct key number = key_of_u64(head->number);
        memcpy(row, number.bytes, sizeof(uint64_t));
        memcpy(row + sizeof(uint64_t), head->hash, EVENT_HASH_SIZE);
        txn_put(txn, RUNTIME_HEAD, slice_of_text(HEAD_KEY), slice_of(row, sizeof(row)));
}

/* The record is made in the arena; the row is u32 size, record, sealed. */
static void put_row(struct txn *txn, uint64_t number, struct slice record, struct slice sealed)
{
        struct key key = key_of_u64(number);
        struct key size = key_empty();
        key_u32(&size, (uint32_t)record.size);
        uint8_t *room = txn_reserve(txn, RUNTIME_LOG, key_slice(&key), size.size + record.size + sealed.size);
        if (room == NULL)
                return;
        memcpy(room, size.bytes, size.size);
        memcpy(room + size.size, record.data, record.size);
        if (sealed.size > 0)
                memcpy(room + size.size + record.size, sealed.data, sealed.size);
}

void log_append(struct txn *txn, struct log_head *head, const struct log_append *entry, struct arena *arena)
{
        uint8_t sealed_hash[EVENT_HASH_SIZE];
        Wire__EventRecord record = WIRE__EVENT_RECORD__INIT;
        record.number = head->number + 1;
        record.previous_hash = pb_bytes(slice_of(head->hash, EVENT_HASH_SIZE));
        record.at_ms = entry->at_ms;
        record.cause = pb_bytes(id_slice(&entry->cause));
        record.user = (char *)(uintptr_t)entry->user;
        if (!id_is_zero(entry->account))
                record.account = pb_bytes(id_slice(&entry->account));
        record.body = pb_bytes(entry->body);
        if (entry->sealed.size > 0) {
                log_hash(entry->sealed, sealed_hash);
                record.sealed_hash = pb_bytes(slice_of(sealed_hash, EVENT_HASH_SIZE));
        }
        Wire__Origin origin = WIRE__ORIGIN__INIT;
        Wire__After after = WIRE__AFTER__INIT;
        origin.partition = entry->origin_partition;
        origin.number = entry->origin_number;
        record.origin = entry->origin_partition != 0 ? &origin : NULL;
        after.instance = (char *)(uintptr_t)entry->after_instance;
        after.number = entry->after_number;
        record.after = entry->after_instance != NULL ? &after : NULL;
        struct slice bytes = pb_encode(&record, arena);
        put_row(txn, record.number, bytes, entry->sealed);
        head->number++;
        log_hash(bytes, head->hash);
}

static bool split_row(struct slice row, struct log_entry *ret)
{
        if (row.size < sizeof(uint32_t))
                return false;
        uint32_t size = key_read_u32(row, 0);
        if (size > row.size - sizeof(uint32_t))
                return false;
        ret->record = slice_of(row.data + sizeof(uint32_t), size);
        ret->sealed = slice_of(ret->record.data + size, row.size - sizeof(uint32_t) - size);
        ret->is_forgotten = slice_equal(ret->sealed, FORGOTTEN);
        if (ret->is_forgotten)
                ret->sealed.size = 0;
        return true;
}

bool log_get(struct txn *txn, uint64_t number, struct log_entry *ret)
{
        struct key key = key_of_u64(number);
        struct slice row;
        ret->number = number;
        return txn_get(txn, RUNTIME_LOG, key_slice(&key), &row) && split_row(row, ret);
}

void log_forget_sealed(struct txn *txn, uint64_t number, struct arena *arena)
{
        struct log_entry entry;
        if (!log_get(txn, number, &entry) || entry.sealed.size == 0)
                return;
        struct slice record = slice_of(arena_alloc(arena, entry.record.size + 1), entry.record.size);
        memcpy((void *)(uintptr_t)record.data, entry.record.data, record.size); /* the put moves it */
        put_row(txn, number, record, FORGOTTEN);
        txn_put(txn, RUNTIME_HEAD, slice_of_text(SHED_KEY), slice_of((const uint8_t *)"", 0));
}

bool log_wants_shed(struct txn *txn)
{
        struct slice mark;
        return txn_get(txn, RUNTIME_HEAD, slice_of_text(SHED_KEY), &mark);
}

void log_was_shed(struct txn *txn)
{
        txn_delete(txn, RUNTIME_HEAD, slice_of_text(SHED_KEY));
}

void log_walk_begin(struct txn *txn, uint64_t from_number, struct log_walk *ret)
{
        struct key key = key_of_u64(from_number);
        memcpy(ret->from, key.bytes, sizeof(ret->from));
        ret->scan = scan_from(txn, RUNTIME_LOG, slice_of(NULL, 0), slice_of(ret->from, sizeof(ret->from)));
}

bool log_walk_next(struct log_walk *walk, struct log_entry *ret)
{
        if (!scan_next(&walk->scan))
                return false;
        ret->number = key_read_u64(walk->scan.key, 0);
        return split_row(walk->scan.value, ret);
}

void log_walk_end(struct log_walk *walk)
{
        scan_end(&walk->scan);
}

/* Writes the batch by hand, field by field (1: head, 2: records), so that each record is copied once. */
enum { TAG_HEAD = 1 << 3 | 0, TAG_RECORD = 2 << 3 | 2, TAG_HEAD_HASH = 3 << 3 | 2, VARINT_MAX = 10 };

static size_t put_varint(uint8_t *out, uint64_t value)
{
        size_t size = 0;
        for (; value >= 0x80; value >>= 7)
                out[size++] = (uint8_t)(value | 0x80);
        out[size++] = (uint8_t)value;
        return size;
}

/* The bytes of the records behind `position` that make one batch: at least one record, whatever its length. */
static size_t batch_size(struct txn *txn, uint64_t position, uint32_t bytes_max)
{
        struct log_walk walk;
        struct log_entry entry;
        size_t size = 0;
        log_walk_begin(txn, position + 1, &walk);
        while (log_walk_next(&walk, &entry)) {
                size_t needed = entry.record.size + VARINT_MAX + 1;
                if (size > 0 && size + needed > bytes_max)
                        break;
                size += needed;
        }
        log_walk_end(&walk);
        return size;
}

/* Looked at twice, since most batches are a few records and `bytes_max` is for a follower far behind. */
struct slice log_batch(struct txn *txn, uint64_t *position, uint32_t bytes_max, struct arena *arena)
{
        struct log_head head = log_read_head(txn);
        struct log_walk walk;
        struct log_entry entry;
        size_t room = head.number <= *position ? 0 : batch_size(txn, *position, bytes_max), size = 0;
        uint8_t *out = arena_alloc(arena, room + VARINT_MAX * 2 + EVENT_HASH_SIZE);

        out[size++] = TAG_HEAD;
        size += put_varint(out + size, head.number);
        if (head.number <= *position) {
                out[size++] = TAG_HEAD_HASH;
                size += put_varint(out + size, EVENT_HASH_SIZE);
                memcpy(out + size, head.hash, EVENT_HASH_SIZE);
                return slice_of(out, size + EVENT_HASH_SIZE);
        }

        log_walk_begin(txn, *position + 1, &walk);
        while (room > 0 && log_walk_next(&walk, &entry)) {
                size_t needed = entry.record.size + VARINT_MAX + 1;
                if (needed > room)
                        break;
                room -= needed;
                out[size++] = TAG_RECORD;
                size += put_varint(out + size, entry.record.size);
                memcpy(out + size, entry.record.data, entry.record.size);
                size += entry.record.size;
                *position = entry.number;
        }
        log_walk_end(&walk);
        return slice_of(out, size);
}

/* One link: the record follows `head`, and the sealed part is the one it names. */
static int check_link(const struct log_entry *entry, const struct log_head *head, struct arena *arena,
                      struct err_info *info)
{
        uint8_t hash[EVENT_HASH_SIZE];
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry->record, arena);

        if (record == NULL || record->number != entry->number || entry->number != head->number + 1)
                return err_set(info, ERR_FORGED, "event %llu: cannot be read, or out of order",
                               (unsigned long long)entry->number);
        if (!slice_equal(pb_slice(record->previous_hash), slice_of(head->hash, EVENT_HASH_SIZE)))
                return err_set(info, ERR_FORGED, "event %llu: the hash of the event before does not hold",
                               (unsigned long long)entry->number);
        if (entry->sealed.size > 0)
                log_hash(entry->sealed, hash);
        if (entry->is_forgotten) /* what it was can no longer be told; that there was one can */
                return record->sealed_hash.len == EVENT_HASH_SIZE
                               ? 0
                               : err_set(info, ERR_FORGED, "event %llu: a sealed part is forgotten that it never had",
                                         (unsigned long long)entry->number);
        if (!slice_equal(pb_slice(record->sealed_hash), slice_of(hash, entry->sealed.size > 0 ? EVENT_HASH_SIZE : 0)))
                return err_set(info, ERR_FORGED, "event %llu: the hash of its sealed part does not hold",
                               (unsigned long long)entry->number);
        return 0;
}

enum { LINKS_PER_SLICE = 4096 };

/* The next links behind `head`, up to number `last`; head moves on. *ret_more: not all yet. */
static int check_links(struct txn *txn, struct log_head *head, uint64_t last, bool *ret_more, struct err_info *info)
{
        struct log_walk walk;
        struct log_entry entry;
        struct arena arena scoped(arena_fini) = {0};
        int err = 0;

        *ret_more = false;
        log_walk_begin(txn, head->number + 1, &walk);
        for (size_t i = 0; err == 0 && head->number < last && log_walk_next(&walk, &entry); i++) {
                *ret_more = i == LINKS_PER_SLICE;
                if (*ret_more)
                        break;
                arena_reset(&arena);
                err = check_link(&entry, head, &arena, info);
                head->number = entry.number;
                log_hash(entry.record, head->hash);
        }
        log_walk_end(&walk);
        return err;
}

static int check_end(const struct log_head *head, const struct log_head *stored, struct err_info *info)
{
        if (head->number == stored->number && memcmp(head->hash, stored->hash, EVENT_HASH_SIZE) == 0)
                return 0;
        return err_set(info, ERR_FORGED, "the log ends at event %llu, its head says %llu, or another hash",
                       (unsigned long long)head->number, (unsigned long long)stored->number);
}

int log_verify_chain(struct txn *txn, uint64_t *ret_count, struct err_info *info)
{
        struct log_head stored = log_read_head(txn), head = {0};
        bool more = true;
        int err = 0;

        while (err == 0 && more)
                err = check_links(txn, &head, UINT64_MAX, &more, info);
        *ret_count = head.number;
        return err != 0 ? err : check_end(&head, &stored, info);
}

/* What its head says, and that nothing stands behind it. */
static int read_end(struct store *store, struct log_head *ret, struct err_info *info)
{
        struct log_entry beyond;
        struct txn *txn = txn_begin_read(store, info);
        if (txn == NULL)
                return ERR_STORE;
        *ret = log_read_head(txn);
        bool ends = !log_get(txn, ret->number + 1, &beyond);
        int err = txn_error(txn);
        txn_end_read(txn);
        return err != 0 || ends ? err
                                : err_set(info, ERR_FORGED, "the log goes on behind event %llu, where its head ends",
                                          (unsigned long long)ret->number);
}

int log_verify_store(struct store *store, uint64_t *ret_count, struct err_info *info)
{
        struct log_head stored, head = {0};
        bool more = true;
        int err = read_end(store, &stored, info);

        while (err == 0 && more) {
                struct txn *txn = txn_begin_read(store, info);
                if (txn == NULL)
                        return ERR_STORE;
                err = check_links(txn, &head, stored.number, &more, info);
                if (err == 0)
                        err = txn_error(txn);
                txn_end_read(txn);
        }
        *ret_count = head.number;
        return err != 0 ? err : check_end(&head, &stored, info);
}
