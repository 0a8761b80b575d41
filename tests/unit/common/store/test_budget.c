/* How many rows a query may look at: counted where they are read, and no walk goes on beyond. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/store/budget.h"
#include "common/store/store.h"
#include "tests/unit/common/store/toy_store.h"

static size_t walk_all(struct txn *txn)
{
        struct scan scan = scan_prefix(txn, T_STATE, slice_of(NULL, 0));
        size_t count = 0;
        while (scan_next(&scan))
                count++;
        scan_end(&scan);
        return count;
}

static void a_query_looks_at_so_many_rows(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        static const char *const keys[] = {"a", "b", "c", "d", "e", "f"};
        struct slice value;
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
                put(txn, keys[i], "x");
        (void)memset(txn_reserve(txn, T_STATE, slice_of_text("g"), 3 * LIMIT_ROW_BYTES), 0, 3 * LIMIT_ROW_BYTES);
        assert_int_equal(walk_all(txn), 7); /* a write has no bound */
        commit(txn);

        txn = txn_begin_read(store, &info);
        assert_int_equal(walk_all(txn), 7); /* nor has a read that is given none */
        txn_look(txn, 3, 5);
        assert_int_equal(walk_all(txn), 5);
        assert_true(txn_overspent(txn) && txn_page_is_spent(txn));
        assert_int_equal(txn_rows_left(txn), 0);
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value)); /* what was found can still be looked up */
        txn_look(txn, 3, 5);
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        assert_false(txn_get(txn, T_STATE, slice_of_text("z"), &value)); /* no row, none looked at */
        assert_int_equal(txn_looked_at(txn), 1);
        assert_true(txn_get(txn, T_STATE, slice_of_text("g"), &value)); /* of three KiB: as long as four */
        assert_int_equal(txn_looked_at(txn), 5);
        assert_false(txn_overspent(txn)); /* nothing was left out */
        txn_look(txn, 3, 5);
        txn_look_short(txn, true);
        assert_int_equal(walk_all(txn), 7); /* a quarter each, and one for every quarter of a KiB: 6 + 1 + 12 */
        assert_int_equal(txn_looked_at(txn), 4);
        txn_end_read(txn);
        txn = txn_begin_read(store, &info);
        assert_int_equal(walk_all(txn), 7); /* the next one begins anew */
        txn_end_read(txn);
        store_close(store);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_query_looks_at_so_many_rows, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
