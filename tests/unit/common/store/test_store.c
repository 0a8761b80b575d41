#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/store/key.h"
#include "common/store/store.h"
#include "tests/lib/overwrite.h"
#include "tests/unit/common/store/toy_store.h"

static void what_is_committed_is_read_back_after_a_reopening(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        put(txn, "a", "un");
        commit(txn);
        store_close(store);

        store = open_version(1);
        struct slice value;
        txn = txn_begin_read(store, &info);
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        assert_memory_equal(value.data, "un", 2);
        assert_false(txn_get(txn, T_STATE, slice_of_text("b"), &value));
        assert_int_equal(txn_error(txn), 0);
        txn_end_read(txn);
        store_close(store);
}

static void a_snapshot_does_not_see_what_comes_after_it(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        struct slice value;
        struct txn *look = txn_begin_read(store, &info);
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        put(txn, "a", "un");
        commit(txn);
        assert_false(txn_get(look, T_STATE, slice_of_text("a"), &value));
        txn_end_read(look);
        look = txn_begin_read(store, &info);
        assert_true(txn_get(look, T_STATE, slice_of_text("a"), &value));
        txn_end_read(look);
        store_close(store);
}

static void a_newer_store_is_refused_with_the_remedy(void **state)
{
        (void)state;
        store_close(open_version(7));
        struct store_spec spec = spec_of(6);
        struct store *store = NULL;
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), ERR_STORE_NEWER);
        assert_non_null(strstr(info.text, "newer"));
        assert_null(store);
}

static void another_services_store_is_refused(void **state)
{
        (void)state;
        store_close(open_version(1));
        struct store_spec spec = spec_of(1);
        struct store *store = NULL;
        spec.partition = 4;
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), ERR_CONFIG);
        spec = spec_of(1);
        spec.service = "other";
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), ERR_CONFIG);
}

static void an_older_store_is_left_as_it_was(void **state)
{
        (void)state;
        store_close(open_version(1));
        struct store_spec spec = spec_of(2);
        struct store *store = NULL;
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), ERR_STORE_OLDER);
        store_close(open_version(1));
}

static void a_failed_commit_writes_nothing_and_the_next_one_works(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        struct slice value;
        world.commits_until_fault = 0;
        world.fault_errno = ENOSPC;
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        put(txn, "a", "un");
        assert_int_equal(txn_commit(txn, &info), ERR_DISK_FULL);
        world.commits_until_fault = -1;

        txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        assert_false(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        put(txn, "b", "un");
        commit(txn);
        store_close(store);
}

/* The map begins small: rows that do not fit give MAP_FULL, a grown map takes them. */
static void a_full_map_grows_up_to_its_limit(void **state)
{
        (void)state;
        static char large[1 << 20];
        struct store_spec spec = spec_of(1);
        struct store *store = NULL;
        spec.map_bytes_max = (uint64_t)48 << 20;
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), 0);

        int grown = 0, err = 0;
        for (uint32_t i = 0; err == 0 && i < 100; i++) {
                do {
                        struct txn *txn = txn_begin_write(store, &info);
                        struct key key = key_of_u64(i);
                        txn_allow(txn, TABLE_STATE);
                        txn_put(txn, T_STATE, key_slice(&key), slice_of(large, sizeof(large)));
                        err = txn_commit(txn, &info);
                } while (err == ERR_MAP_FULL && store_grow(store, &info) == 0 && ++grown);
        }
        assert_int_equal(err, ERR_MAP_FULL);
        assert_int_equal(grown, 2); /* 16 -> 32 -> 48 */
        struct slice value;
        struct key first = key_of_u64(0);
        struct txn *txn = txn_begin_read(store, &info);
        assert_true(txn_get(txn, T_STATE, key_slice(&first), &value));
        assert_true(txn_count(txn, T_STATE) > 30);
        txn_end_read(txn);
        store_close(store);
}

static void expect_walk(struct scan scan, const char *expected)
{
        char seen[64] = "";
        size_t size = 0;
        while (scan_next(&scan)) {
                assert_true(scan.key.size + size < sizeof(seen));
                memcpy(seen + size, scan.key.data, scan.key.size);
                size += scan.key.size;
                seen[size++] = ' ';
        }
        seen[size] = '\0';
        scan_end(&scan);
        assert_string_equal(seen, expected);
}

static void walks_keep_to_their_prefix_both_ways(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        static const char *const keys[] = {"a", "b1", "b2", "b3", "c", "\xff"};
        struct slice none = slice_of(NULL, 0), b = slice_of_text("b");
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
                put(txn, keys[i], "x");
        commit(txn);

        txn = txn_begin_read(store, &info);
        expect_walk(scan_prefix(txn, T_STATE, none), "a b1 b2 b3 c \xff ");
        expect_walk(scan_prefix(txn, T_STATE, b), "b1 b2 b3 ");
        expect_walk(scan_from(txn, T_STATE, b, slice_of_text("b2")), "b2 b3 ");
        expect_walk(scan_from(txn, T_STATE, b, slice_of_text("b4")), "");
        expect_walk(scan_backwards(txn, T_STATE, b, none), "b3 b2 b1 ");
        expect_walk(scan_backwards(txn, T_STATE, b, slice_of_text("b3")), "b2 b1 ");
        expect_walk(scan_backwards(txn, T_STATE, none, none), "\xff c b3 b2 b1 a ");
        expect_walk(scan_backwards(txn, T_STATE, slice_of_text("\xff"), none), "\xff ");
        expect_walk(scan_backwards(txn, T_STATE, slice_of_text("d"), none), "");
        expect_walk(scan_prefix(txn, T_COPY, none), "");
        txn_end_read(txn);
        store_close(store);
}

static void deleting_and_clearing(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        put(txn, "a", "x");
        put(txn, "b", "x");
        txn_delete(txn, T_STATE, slice_of_text("a"));
        txn_delete(txn, T_STATE, slice_of_text("nothing"));
        assert_int_equal(txn_count(txn, T_STATE), 1);
        txn_clear_table(txn, T_STATE);
        assert_int_equal(txn_count(txn, T_STATE), 0);
        commit(txn);
        store_close(store);
}

static void another_process_may_look(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        put(txn, "a", "x");
        commit(txn);
        store_close(store); /* LMDB forbids the same environment twice in one process */

        struct store_spec spec = spec_of(1);
        struct slice value;
        assert_int_equal(store_open_readonly(&spec, directory, &store, &info), 0);
        txn = txn_begin_read(store, &info);
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        txn_end_read(txn);
        store_close(store);

        spec.service = NULL;
        assert_int_equal(store_open_readonly(&spec, directory, &store, &info), 0);
        store_close(store);
        assert_int_not_equal(store_open_readonly(&spec, "/nonexistent/store", &store, &info), 0);
}

/* A row without a key, or with one that no page holds: LMDB hands them out, a walk must not. */
static void keys_that_cannot_be_end_a_walk_with_an_error(void **state)
{
        static const uint8_t sizes[][2] = {{0, 0}, {0xff, 0x0f}}; /* of the key, in the two bytes before it */
        (void)state;
        char path[128];
        struct store *store = open_version(1);
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        put(txn, "unmistakable", "x");
        commit(txn);
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
                assert_true(overwrite(path, slice_of_text("unmistakable"), -2, slice_of(sizes[i], 2)) > 0);
                txn = txn_begin_read(store, &info);
                struct scan scan = scan_from(txn, T_STATE, slice_of(NULL, 0), slice_of(NULL, 0));
                assert_false(scan_next(&scan));
                assert_int_not_equal(txn_error(txn), 0);
                scan_end(&scan);
                txn_end_read(txn);
        }
        store_close(store);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(what_is_committed_is_read_back_after_a_reopening, setup, teardown),
                cmocka_unit_test_setup_teardown(a_snapshot_does_not_see_what_comes_after_it, setup, teardown),
                cmocka_unit_test_setup_teardown(a_newer_store_is_refused_with_the_remedy, setup, teardown),
                cmocka_unit_test_setup_teardown(another_services_store_is_refused, setup, teardown),
                cmocka_unit_test_setup_teardown(an_older_store_is_left_as_it_was, setup, teardown),
                cmocka_unit_test_setup_teardown(a_failed_commit_writes_nothing_and_the_next_one_works, setup, teardown),
                cmocka_unit_test_setup_teardown(a_full_map_grows_up_to_its_limit, setup, teardown),
                cmocka_unit_test_setup_teardown(walks_keep_to_their_prefix_both_ways, setup, teardown),
                cmocka_unit_test_setup_teardown(deleting_and_clearing, setup, teardown),
                cmocka_unit_test_setup_teardown(another_process_may_look, setup, teardown),
                cmocka_unit_test_setup_teardown(keys_that_cannot_be_end_a_walk_with_an_error, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
