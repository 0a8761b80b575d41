#include "tests/unit/common/store/fixture.h"

#include "common/store/position.h"

static void a_source_that_is_not_known_stands_at_zero(void **state)
{
        struct fixture *f = *state;
        assert_int_equal(position_get(f->txn, "tracking-1"), 0);
}

static void each_source_has_its_own(void **state)
{
        struct fixture *f = *state;
        position_put(f->txn, "tracking-1", 12);
        position_put(f->txn, "tracking-10", UINT64_C(1) << 40); /* a name that begins as another's */
        fixture_commit(f);
        assert_int_equal(position_get(f->txn, "tracking-1"), 12);
        assert_true(position_get(f->txn, "tracking-10") == UINT64_C(1) << 40);
        assert_int_equal(position_get(f->txn, "tracking"), 0);
        position_put(f->txn, "tracking-1", 13);
        assert_int_equal(position_get(f->txn, "tracking-1"), 13);
}

/* In the transaction of the effect: what is not committed has not been taken in. */
static void what_is_aborted_was_not_taken_in(void **state)
{
        struct fixture *f = *state;
        position_put(f->txn, "tracking-1", 12);
        fixture_commit(f);
        position_put(f->txn, "tracking-1", 99);
        txn_abort(f->txn);
        fixture_begin(f);
        assert_int_equal(position_get(f->txn, "tracking-1"), 12);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_source_that_is_not_known_stands_at_zero),
                TEST(each_source_has_its_own),
                TEST(what_is_aborted_was_not_taken_in),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
