#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/store/blob_names.h"
#include "tests/unit/common/store/toy_store.h"

static struct blob blob_of(uint8_t first, uint64_t size)
{
        struct blob blob = {.owner = id_derived(1, slice_of_text("owner")), .size = size};
        memset(blob.address.b, first, sizeof(blob.address.b));
        return blob;
}

static struct id by(const char *name)
{
        return id_derived(1, slice_of_text(name));
}

static void sums_are(struct txn *txn, uint64_t count, uint64_t bytes)
{
        struct blob_sums sums = blob_sums(txn, T_STATE);
        assert_int_equal(sums.count, count);
        assert_int_equal(sums.bytes, bytes);
}

static void test_named_until_the_last_one_lets_go(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        struct txn *txn = txn_begin_write(store, &info);
        struct blob one = blob_of(1, 10), two = blob_of(2, 300);
        txn_allow(txn, TABLE_STATE);
        assert_false(blob_is_named(txn, T_STATE, one.address));
        blob_name(txn, T_STATE, &one, by("a"));
        blob_name(txn, T_STATE, &one, by("a"));
        blob_name(txn, T_STATE, &one, by("b"));
        blob_name(txn, T_STATE, &two, by("a"));
        sums_are(txn, 3, 320);
        blob_unname(txn, T_STATE, one.address, by("a"));
        blob_unname(txn, T_STATE, one.address, by("a"));
        assert_true(blob_is_named(txn, T_STATE, one.address));
        blob_unname(txn, T_STATE, one.address, by("b"));
        assert_false(blob_is_named(txn, T_STATE, one.address));
        assert_true(blob_is_named(txn, T_STATE, two.address));
        sums_are(txn, 1, 300);
        blob_unname(txn, T_STATE, two.address, by("a"));
        sums_are(txn, 0, 0);
        assert_int_equal(txn_count(txn, T_STATE), 0); /* nothing is left of nothing */
        commit(txn);
        store_close(store);
}

static void test_the_walk_goes_on_where_it_stopped(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        for (uint8_t i = 1; i <= 5; i++) {
                struct blob blob = blob_of(i, i);
                blob_name(txn, T_STATE, &blob, by("a"));
        }
        struct key after = key_empty();
        for (uint8_t i = 1; i <= 5; i++) {
                struct walk walk;
                struct blob blob;
                blob_names_walk(txn, T_STATE, key_slice(&after), &walk);
                assert_true(blob_names_next(&walk, &blob)); /* the sums are none of them */
                assert_int_equal(blob.address.b[0], i);
                assert_int_equal(blob.size, i);
                assert_true(id_equal(blob.owner, by("owner")));
                struct slice here = walk_cursor(&walk);
                after = key_empty();
                key_bytes(&after, here);
                walk_end(&walk);
        }
        struct walk walk;
        struct blob blob;
        blob_names_walk(txn, T_STATE, key_slice(&after), &walk);
        assert_false(blob_names_next(&walk, &blob));
        walk_end(&walk);
        txn_abort(txn);
        store_close(store);
}

static void test_an_address_has_one_text(void **state)
{
        (void)state;
        char text[BLOB_ADDRESS_TEXT_SIZE];
        struct blob blob = blob_of(0xab, 1);
        struct blob_address back;
        blob_address_format(blob.address, text);
        assert_true(blob_address_parse(text, &back));
        assert_memory_equal(&back, &blob.address, sizeof(back));
        text[0] = 'A';
        assert_false(blob_address_parse(text, &back));
        text[0] = 'x';
        assert_false(blob_address_parse(text, &back));
        assert_false(blob_address_parse("ab", &back));
        assert_false(blob_address_parse("", &back));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_named_until_the_last_one_lets_go, setup, teardown),
                cmocka_unit_test_setup_teardown(test_the_walk_goes_on_where_it_stopped, setup, teardown),
                cmocka_unit_test(test_an_address_has_one_text),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
