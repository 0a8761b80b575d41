#include "tests/unit/common/store/fixture.h"

#include "common/codec/pb.h"
#include "common/store/eventlog.h"
#include "common/store/key.h"

enum { ENTRIES = 20 };

static void append(struct fixture *f, const char *body, const char *sealed)
{
        struct log_head head = log_read_head(f->txn);
        struct log_append entry = {.at_ms = 5000,
                                   .cause = {{9}},
                                   .user = "anne",
                                   .body = slice_of_text(body),
                                   .sealed = slice_of_text(sealed)};
        log_append(f->txn, &head, &entry, &f->arena);
        log_write_head(f->txn, &head);
}

static void fill(struct fixture *f)
{
        for (int i = 1; i <= ENTRIES; i++)
                append(f, arena_printf(&f->arena, "corps %d", i), i % 2 == 0 ? "secret" : "");
        fixture_commit(f);
}

static const Wire__EventRecord *record_of(struct fixture *f, uint64_t number, struct log_entry *ret_entry)
{
        assert_true(log_get(f->txn, number, ret_entry));
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, ret_entry->record, &f->arena);
        assert_non_null(record);
        return record;
}

static void entries_are_numbered_and_chained(void **state)
{
        struct fixture *f = *state;
        uint8_t hash[EVENT_HASH_SIZE] = {0};
        struct log_entry entry;
        assert_int_equal(log_read_head(f->txn).number, 0);
        fill(f);
        assert_int_equal(log_read_head(f->txn).number, ENTRIES);
        for (uint64_t n = 1; n <= ENTRIES; n++) {
                const Wire__EventRecord *record = record_of(f, n, &entry);
                assert_int_equal(record->number, n);
                assert_int_equal(record->at_ms, 5000);
                assert_string_equal(record->user, "anne");
                const char *body = arena_printf(&f->arena, "corps %d", (int)n);
                assert_true(slice_equal(pb_slice(record->body), slice_of_text(body)));
                assert_memory_equal(record->previous_hash.data, hash, EVENT_HASH_SIZE);
                assert_int_equal(entry.sealed.size, n % 2 == 0 ? strlen("secret") : 0);
                assert_int_equal(record->sealed_hash.len, n % 2 == 0 ? EVENT_HASH_SIZE : 0);
                log_hash(entry.record, hash);
        }
        assert_memory_equal(log_read_head(f->txn).hash, hash, EVENT_HASH_SIZE);
        assert_false(log_get(f->txn, ENTRIES + 1, &entry));
        uint64_t count;
        assert_int_equal(log_verify_chain(f->txn, &count, &f->info), 0);
        assert_int_equal(count, ENTRIES);
}

static void a_walk_begins_where_it_is_told(void **state)
{
        struct fixture *f = *state;
        struct log_walk walk;
        struct log_entry entry;
        fill(f);
        uint64_t next = 7;
        log_walk_begin(f->txn, next, &walk);
        while (log_walk_next(&walk, &entry))
                assert_int_equal(entry.number, next++);
        log_walk_end(&walk);
        assert_int_equal(next, ENTRIES + 1);
        log_walk_begin(f->txn, ENTRIES + 1, &walk);
        assert_false(log_walk_next(&walk, &entry));
        log_walk_end(&walk);
}

static const Wire__EventBatch *batch_of(struct fixture *f, uint64_t *position, uint32_t bytes_max)
{
        struct slice bytes = log_batch(f->txn, position, bytes_max, &f->arena);
        const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, bytes, &f->arena);
        assert_non_null(batch);
        assert_int_equal(batch->head, log_read_head(f->txn).number);
        return batch;
}

static void batches_bring_all_of_it_in_order(void **state)
{
        static const uint32_t bounds[] = {1, 300, 1000, 1 << 20};
        struct fixture *f = *state;
        struct log_entry entry;
        fill(f);
        for (size_t b = 0; b < ARRAY_SIZE(bounds); b++) {
                uint64_t position = 0;
                while (position < ENTRIES) {
                        uint64_t before = position;
                        const Wire__EventBatch *batch = batch_of(f, &position, bounds[b]);
                        assert_int_equal(position, before + batch->n_records); /* one at least, however little fits */
                        assert_true(batch->n_records > 0);
                        for (size_t i = 0; i < batch->n_records; i++) {
                                assert_true(log_get(f->txn, before + 1 + i, &entry));
                                assert_true(slice_equal(pb_slice(batch->records[i]), entry.record));
                        }
                }
                assert_int_equal(batch_of(f, &position, bounds[b])->n_records, 0);
                assert_int_equal(position, ENTRIES);
        }
}

static void a_batch_of_an_empty_log_or_past_its_end_is_empty(void **state)
{
        struct fixture *f = *state;
        uint64_t position = 0;
        assert_int_equal(batch_of(f, &position, 1000)->n_records, 0);
        assert_int_equal(position, 0);
        fill(f);
        position = ENTRIES + 10; /* the asker knows more: this store was restored from a backup */
        assert_int_equal(batch_of(f, &position, 1000)->n_records, 0);
        assert_int_equal(position, ENTRIES + 10);
}

static void the_sealed_part_is_not_in_a_batch(void **state)
{
        struct fixture *f = *state;
        uint64_t position = 0;
        fill(f);
        struct slice bytes = log_batch(f->txn, &position, 1 << 20, &f->arena);
        assert_null(memmem(bytes.data, bytes.size, "secret", strlen("secret")));
        assert_non_null(memmem(bytes.data, bytes.size, "corps 2", strlen("corps 2")));
}

/* --- tampering --- */

static void rewrite(struct fixture *f, uint64_t number, size_t offset_from_end)
{
        struct key key = key_of_u64(number);
        struct slice row;
        assert_true(txn_get(f->txn, RUNTIME_LOG, key_slice(&key), &row));
        uint8_t *bytes = arena_copy(&f->arena, row.data, row.size);
        bytes[row.size - offset_from_end] ^= 1;
        txn_put(f->txn, RUNTIME_LOG, key_slice(&key), slice_of(bytes, row.size));
}

static void assert_broken_at(struct fixture *f, const char *said)
{
        uint64_t count;
        assert_int_equal(log_verify_chain(f->txn, &count, &f->info), ERR_FORGED);
        assert_non_null(strstr(f->info.text, said));
        fixture_commit(f);
        f->info.text[0] = '\0';
        assert_int_equal(log_verify_store(f->store, &count, &f->info), ERR_FORGED);
        assert_non_null(strstr(f->info.text, said));
}

static void a_body_that_was_changed_shows_at_the_next_event(void **state)
{
        struct fixture *f = *state;
        fill(f);
        rewrite(f, 3, 3); /* odd: nothing sealed behind the record */
        assert_broken_at(f, "event 4");
}

static void a_last_body_that_was_changed_shows_at_the_head(void **state)
{
        struct fixture *f = *state;
        fill(f);
        append(f, "la fin", "");
        rewrite(f, ENTRIES + 1, 3);
        assert_broken_at(f, "head");
}

static void a_sealed_part_is_forgotten_and_the_chain_holds(void **state)
{
        struct fixture *f = *state;
        struct log_entry before, after;
        uint64_t count;
        fill(f);
        assert_true(log_get(f->txn, 8, &before));
        struct slice record = slice_of(arena_alloc(&f->arena, before.record.size), before.record.size);
        memcpy((void *)(uintptr_t)record.data, before.record.data, record.size);
        assert_false(log_wants_shed(f->txn));
        log_forget_sealed(f->txn, 8, &f->arena);
        log_forget_sealed(f->txn, 8, &f->arena);           /* again: nothing changes */
        log_forget_sealed(f->txn, 7, &f->arena);           /* had none */
        log_forget_sealed(f->txn, ENTRIES + 1, &f->arena); /* is not there */
        assert_true(log_wants_shed(f->txn));
        fixture_commit(f);
        assert_true(log_get(f->txn, 8, &after));
        assert_true(after.is_forgotten);
        assert_int_equal(after.sealed.size, 0);
        assert_true(slice_equal(after.record, record));
        assert_true(log_get(f->txn, 7, &after) && !after.is_forgotten);
        assert_int_equal(log_verify_chain(f->txn, &count, &f->info), 0);
        assert_int_equal(count, ENTRIES);
        log_was_shed(f->txn);
        assert_false(log_wants_shed(f->txn));
}

static void a_sealed_part_that_was_changed_shows(void **state)
{
        struct fixture *f = *state;
        fill(f);
        rewrite(f, 8, 1);
        assert_broken_at(f, "event 8");
}

static void an_event_that_was_taken_out_shows(void **state)
{
        struct fixture *f = *state;
        fill(f);
        struct key key = key_of_u64(5);
        txn_delete(f->txn, RUNTIME_LOG, key_slice(&key));
        assert_broken_at(f, "event 6");
}

static void an_end_that_was_cut_off_shows(void **state)
{
        struct fixture *f = *state;
        fill(f);
        struct key key = key_of_u64(ENTRIES);
        txn_delete(f->txn, RUNTIME_LOG, key_slice(&key));
        assert_broken_at(f, "head");
}

/* More than a slice; and what comes while it is read is for another time. */
static void a_long_log_is_checked_to_where_it_ended(void **state)
{
        struct fixture *f = *state;
        enum { MANY = 9000 };
        uint64_t count;
        for (int i = 1; i <= MANY; i++) {
                append(f, "corps", "");
                arena_reset(&f->arena);
        }
        fixture_commit(f);
        assert_int_equal(log_verify_store(f->store, &count, &f->info), 0);
        assert_int_equal(count, MANY);
        rewrite(f, MANY - 10, 3);
        assert_broken_at(f, arena_printf(&f->arena, "event %d", MANY - 9));
}

static void an_entry_behind_the_end_shows(void **state)
{
        struct fixture *f = *state;
        struct key from = key_of_u64(1), to = key_of_u64(ENTRIES + 1);
        struct slice row;
        fill(f);
        assert_true(txn_get(f->txn, RUNTIME_LOG, key_slice(&from), &row));
        row = arena_copy_slice(&f->arena, row);
        txn_put(f->txn, RUNTIME_LOG, key_slice(&to), row);
        assert_broken_at(f, "event ");
}

static void a_row_with_broken_framing_is_no_entry(void **state)
{
        static const char *const rows[] = {"", "\1\2", "\0\0\1\0", "\377\377\377\377abc"};
        static const size_t sizes[] = {0, 2, 4, 7};
        struct fixture *f = *state;
        struct log_entry entry;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct key key = key_of_u64(1 + i);
                txn_put(f->txn, RUNTIME_LOG, key_slice(&key), slice_of(rows[i], sizes[i]));
                assert_false(log_get(f->txn, 1 + i, &entry));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(entries_are_numbered_and_chained),
                TEST(a_walk_begins_where_it_is_told),
                TEST(batches_bring_all_of_it_in_order),
                TEST(a_batch_of_an_empty_log_or_past_its_end_is_empty),
                TEST(the_sealed_part_is_not_in_a_batch),
                TEST(a_body_that_was_changed_shows_at_the_next_event),
                TEST(a_last_body_that_was_changed_shows_at_the_head),
                TEST(a_sealed_part_is_forgotten_and_the_chain_holds),
                TEST(a_sealed_part_that_was_changed_shows),
                TEST(an_event_that_was_taken_out_shows),
                TEST(an_end_that_was_cut_off_shows),
                TEST(a_long_log_is_checked_to_where_it_ended),
                TEST(an_entry_behind_the_end_shows),
                TEST(a_row_with_broken_framing_is_no_entry),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
