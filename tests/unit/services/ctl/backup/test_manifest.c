#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/ctl/backup/manifest.h"

#include <string.h>

static struct recovery recovery, other;
static struct arena arena;

static int setup(void **state)
{
        (void)state;
        recovery_new(&recovery);
        recovery_new(&other);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static struct manifest example(void)
{
        static struct kept_file file = {.path = "keys/ctl.key"};
        static struct kept_table table = {.name = "log", .rows = 12};
        static struct kept_store store = {.instance = "tracking-1",
                                          .below = "keys",
                                          .has_log = true,
                                          .head = {.number = 12, .hash = {1, 2, 3}},
                                          .tables = &table,
                                          .table_count = 1};
        struct manifest manifest = {.name = "2026-11-28T08-14-03.123Z",
                                    .previous = "",
                                    .network = "essai",
                                    .directory = "/srv/run",
                                    .program = "0.1.0",
                                    .at_ms = 1795853643123,
                                    .files = &file,
                                    .file_count = 1,
                                    .stores = &store,
                                    .store_count = 1};
        file.chunks = table.chunks = (struct kept_chunks){0};
        kept_chunks_add(&file.chunks, chunk_name_of(&recovery, slice_of_text("a")), &arena);
        for (int i = 0; i < 5; i++)
                kept_chunks_add(&table.chunks, chunk_name_of(&recovery, slice_of(&i, sizeof(i))), &arena);
        return manifest;
}

static void it_reads_as_it_was_written(void **state)
{
        (void)state;
        struct manifest read, written = example();
        struct slice text = manifest_encode(&written, &recovery, &arena);
        assert_int_equal(manifest_decode(text, &recovery, &arena, &read), 0);
        assert_string_equal(read.name, written.name);
        assert_string_equal(read.network, "essai");
        assert_true(read.at_ms == written.at_ms);
        assert_int_equal(read.file_count, 1);
        assert_string_equal(read.files[0].path, "keys/ctl.key");
        assert_int_equal(read.stores[0].head.number, 12);
        assert_memory_equal(read.stores[0].head.hash, written.stores[0].head.hash, EVENT_HASH_SIZE);
        assert_string_equal(read.stores[0].below, "keys");
        assert_int_equal(read.stores[0].tables[0].chunks.count, 5);
        assert_memory_equal(read.stores[0].tables[0].chunks.names, written.stores[0].tables[0].chunks.names,
                            5 * CHUNK_NAME_SIZE);
}

static void a_changed_one_is_not_taken(void **state)
{
        (void)state;
        struct manifest read, written = example();
        struct slice text = manifest_encode(&written, &recovery, &arena);
        uint8_t *copy = arena_copy(&arena, text.data, text.size);
        for (size_t i = 0; i + 1 < text.size; i++) {
                copy[i] ^= 1;
                assert_int_equal(manifest_decode(slice_of(copy, text.size), &recovery, &arena, &read), ERR_FORGED);
                copy[i] ^= 1;
                assert_int_equal(manifest_decode(slice_of(copy, i), &recovery, &arena, &read), ERR_FORGED);
        }
}

static void one_of_another_network_is_not_taken(void **state)
{
        (void)state;
        struct manifest read, written = example();
        struct slice text = manifest_encode(&written, &other, &arena);
        assert_int_equal(manifest_decode(text, &recovery, &arena, &read), ERR_FORGED);
}

static void count(struct chunk_name name, void *argument)
{
        (void)name;
        ++*(int *)argument;
}

static void all_chunks_are_seen(void **state)
{
        (void)state;
        int seen = 0;
        struct manifest manifest = example();
        manifest_each_chunk(&manifest, count, &seen);
        assert_int_equal(seen, 6);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(it_reads_as_it_was_written),
                cmocka_unit_test(a_changed_one_is_not_taken),
                cmocka_unit_test(one_of_another_network_is_not_taken),
                cmocka_unit_test(all_chunks_are_seen),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
