/* The three tables of what waits: a name waits, or is parked, or is neither. */
#include "tests/unit/common/service/calendar.h"

static int setup(void **state)
{
        return fixture_open(state, &calendar_spec, NULL);
}

/* A transaction that nothing of remains. */
static struct txn *begin(struct fixture *f)
{
        struct txn *txn = txn_begin_write(engine_store(f->engine), NULL);
        assert_non_null(txn);
        txn_allow(txn, TABLE_STATE);
        return txn;
}

static struct due_name name_of(uint8_t kind, uint32_t number)
{
        return (struct due_name){kind, calendar_id(9, 0, number)};
}

static size_t count(struct txn *txn, size_t table)
{
        return (size_t)txn_count(txn, table);
}

static void test_set_and_moved(void **state)
{
        struct txn *txn = begin(*state);
        struct due due;
        assert_false(due_find(txn, &calendar_due, name_of(1, 1), &due));
        due_set(txn, &calendar_due, name_of(1, 1), 5000);
        due_set(txn, &calendar_due, name_of(2, 1), INT64_C(4102444800000)); /* the same thing, another kind: in 2100 */
        assert_true(due_find(txn, &calendar_due, name_of(1, 1), &due));
        assert_int_equal(due.at_ms, 5000);
        due_set(txn, &calendar_due, name_of(1, 1), 3000);
        assert_true(due_find(txn, &calendar_due, name_of(1, 1), &due));
        assert_int_equal(due.at_ms, 3000);
        assert_int_equal(due.attempts, 0);
        assert_true(due_find(txn, &calendar_due, name_of(2, 1), &due));
        assert_int_equal(due.at_ms, INT64_C(4102444800000));
        assert_int_equal(count(txn, T_DUE), 2); /* where it stood before, nothing is left */
        txn_abort(txn);
}

static void test_walked_by_time(void **state)
{
        static const int64_t at_ms[] = {7000, 1000, 0, 256, 255, INT64_MAX, 1000};
        struct txn *txn = begin(*state);
        struct walk walk;
        int64_t before_ms = -1;
        size_t seen = 0;
        due_set(txn, &calendar_due, name_of(2, 0), 10); /* another kind's is none of this walk */
        for (uint32_t i = 0; i < ARRAY_SIZE(at_ms); i++)
                due_set(txn, &calendar_due, name_of(1, i), at_ms[i]);
        due_walk(txn, &calendar_due, 1, &walk);
        for (; walk_step(&walk); seen++) {
                assert_true(due_walk_at_ms(&walk) >= before_ms);
                before_ms = due_walk_at_ms(&walk);
        }
        walk_end(&walk);
        assert_int_equal(seen, ARRAY_SIZE(at_ms));
        assert_int_equal(before_ms, INT64_MAX);
        txn_abort(txn);
}

static void test_tried_again_then_parked(void **state)
{
        struct txn *txn = begin(*state);
        struct due due;
        struct parked parked;
        due_again(txn, &calendar_due, name_of(1, 1), 9000); /* it does not wait */
        due_park(txn, &calendar_due, name_of(1, 1), 9000, "no");
        assert_int_equal(count(txn, T_DUE) + count(txn, T_PARKED), 0);

        due_set(txn, &calendar_due, name_of(1, 1), 1000);
        due_again(txn, &calendar_due, name_of(1, 1), 2000);
        due_again(txn, &calendar_due, name_of(1, 1), 4000);
        assert_true(due_find(txn, &calendar_due, name_of(1, 1), &due));
        assert_int_equal(due.at_ms, 4000);
        assert_int_equal(due.attempts, 2);
        assert_int_equal(count(txn, T_DUE), 1);

        due_park(txn, &calendar_due, name_of(1, 1), 4100, "nobody at home");
        assert_false(due_find(txn, &calendar_due, name_of(1, 1), &due));
        assert_int_equal(count(txn, T_DUE) + count(txn, T_DUE_BY_NAME), 0);
        assert_true(parked_find(txn, &calendar_due, name_of(1, 1), &parked));
        assert_int_equal(parked.at_ms, 4100);
        assert_int_equal(parked.attempts, 3);
        assert_string_equal(parked.reason, "nobody at home");

        due_set(txn, &calendar_due, name_of(1, 1), 5000); /* played again: from the first attempt on */
        assert_false(parked_find(txn, &calendar_due, name_of(1, 1), &parked));
        assert_true(due_find(txn, &calendar_due, name_of(1, 1), &due));
        assert_int_equal(due.attempts, 0);
        txn_abort(txn);
}

static void test_cancelled(void **state)
{
        struct txn *txn = begin(*state);
        assert_false(due_cancel(txn, &calendar_due, name_of(1, 1)));
        due_set(txn, &calendar_due, name_of(1, 1), 1000);
        assert_true(due_cancel(txn, &calendar_due, name_of(1, 1)));
        due_set(txn, &calendar_due, name_of(1, 1), 1000);
        due_park(txn, &calendar_due, name_of(1, 1), 2000, "");
        assert_true(due_cancel(txn, &calendar_due, name_of(1, 1)));
        assert_false(due_cancel(txn, &calendar_due, name_of(1, 1)));
        assert_int_equal(count(txn, T_DUE) + count(txn, T_DUE_BY_NAME) + count(txn, T_PARKED), 0);
        txn_abort(txn);
}

static void test_a_long_reason_is_cut(void **state)
{
        struct txn *txn = begin(*state);
        struct parked parked;
        char reason[2 * DUE_REASON_SIZE];
        memset(reason, 'r', sizeof(reason) - 1);
        reason[sizeof(reason) - 1] = '\0';
        due_set(txn, &calendar_due, name_of(1, 1), 1000);
        due_park(txn, &calendar_due, name_of(1, 1), 2000, reason);
        assert_true(parked_find(txn, &calendar_due, name_of(1, 1), &parked));
        assert_int_equal(strlen(parked.reason), DUE_REASON_SIZE - 1);
        txn_abort(txn);
}

static void test_parked_by_pages(void **state)
{
        struct txn *txn = begin(*state);
        struct walk walk;
        struct id last = {{0}};
        size_t seen = 0;
        for (uint32_t i = 0; i < 5; i++) {
                due_set(txn, &calendar_due, name_of(1, i), 1000);
                due_park(txn, &calendar_due, name_of(1, i), 2000 + i, "no");
                due_set(txn, &calendar_due, name_of(2, i), 1000);
                due_park(txn, &calendar_due, name_of(2, i), 3000, "no");
        }
        for (bool more = true; more; seen += more) { /* one a page */
                parked_walk(txn, &calendar_due, 1, seen == 0 ? slice_of(NULL, 0) : id_slice(&last), &walk);
                more = walk_next(&walk, &last);
                if (more) {
                        assert_int_equal(parked_here(&walk).at_ms, 2000 + (int64_t)seen);
                        assert_true(id_equal(parked_here(&walk).name.id, last));
                        assert_int_equal(parked_here(&walk).name.kind, 1);
                }
                walk_end(&walk);
        }
        assert_int_equal(seen, 5);
        txn_abort(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_set_and_moved, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_walked_by_time, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_tried_again_then_parked, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_cancelled, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_long_reason_is_cut, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_parked_by_pages, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
