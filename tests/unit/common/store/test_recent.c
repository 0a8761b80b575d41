/* The last rows that a transaction read: found again, and never after a write. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/store/recent.h"
#include "common/store/store.h"
#include "tests/unit/common/store/toy_store.h"

static void the_last_rows_are_kept(void **state)
{
        static const char *const keys[] = {"a", "b", "c", "d", "e"};
        struct recent recent = {0};
        struct slice value;
        (void)state;
        assert_false(recent_find(&recent, 1, slice_of_text("a"), &value));
        for (size_t i = 0; i < RECENT_ROWS; i++)
                recent_keep(&recent, 1, slice_of_text(keys[i]), slice_of_text(keys[i]));
        assert_true(recent_find(&recent, 1, slice_of_text("a"), &value));
        assert_string_equal((const char *)value.data, "a");
        assert_false(recent_find(&recent, 2, slice_of_text("a"), &value)); /* another table */
        assert_false(recent_find(&recent, 1, slice_of_text("ab"), &value));
        recent_keep(&recent, 1, slice_of_text("e"), slice_of_text("e"));
        assert_false(recent_find(&recent, 1, slice_of_text("a"), &value)); /* e has its place */
        assert_true(recent_find(&recent, 1, slice_of_text("e"), &value));
        recent_forget(&recent);
        assert_false(recent_find(&recent, 1, slice_of_text("e"), &value));
}

static void a_long_key_is_not_kept(void **state)
{
        uint8_t key[RECENT_KEY_SIZE + 1] = {0};
        struct recent recent = {0};
        struct slice value;
        (void)state;
        recent_keep(&recent, 1, slice_of(key, sizeof(key)), slice_of_text("x"));
        assert_false(recent_find(&recent, 1, slice_of(key, sizeof(key)), &value));
        recent_keep(&recent, 1, slice_of(key, RECENT_KEY_SIZE), slice_of_text("x"));
        assert_true(recent_find(&recent, 1, slice_of(key, RECENT_KEY_SIZE), &value));
}

static void what_is_written_is_read(void **state)
{
        struct store *store = open_version(1);
        struct slice value;
        (void)state;
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        for (const char *text = "123"; *text != '\0'; text++) {
                put(txn, "a", text);
                for (int twice = 0; twice < 2; twice++) {
                        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value));
                        assert_memory_equal(value.data, text, value.size);
                }
        }
        txn_delete(txn, T_STATE, slice_of_text("a"));
        assert_false(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        put(txn, "a", "x");
        commit(txn);
        txn = txn_begin_read(store, &info);
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        txn_end_read(txn);
        txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        put(txn, "a", "y");
        commit(txn);
        txn = txn_begin_read(store, &info); /* another snapshot: nothing of the one before */
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        assert_memory_equal(value.data, "y", 1);
        txn_end_read(txn);
        store_close(store);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_last_rows_are_kept),
                cmocka_unit_test(a_long_key_is_not_kept),
                cmocka_unit_test_setup_teardown(what_is_written_is_read, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
