/* Ids that are said to be of one thing: by whatever way, in whatever order it is said and taken back. */
#include "tests/unit/common/store/fixture.h"

#include "common/store/same.h"

enum { T = RUNTIME_POSITIONS };

static struct id id_n(uint8_t n)
{
        return (struct id){{n}};
}

static size_t count_of(struct fixture *f, uint8_t n)
{
        struct same same;
        same_of(f->txn, T, id_n(n), &same);
        assert_true(id_equal(same.at[0], id_n(n)));
        return same.count;
}

static void an_id_is_alone_at_first(void **state)
{
        struct fixture *f = *state;
        assert_int_equal(count_of(f, 3), 1);
        assert_true(id_equal(same_first(f->txn, T, id_n(3)), id_n(3)));
}

static void it_holds_by_whatever_way(void **state)
{
        struct fixture *f = *state;
        same_put(f->txn, T, id_n(5), id_n(3), 1);
        same_put(f->txn, T, id_n(4), id_n(5), 1);
        for (uint8_t n = 3; n <= 5; n++) {
                assert_int_equal(count_of(f, n), 3);
                assert_true(id_equal(same_first(f->txn, T, id_n(n)), id_n(3)));
        }
        same_put(f->txn, T, id_n(5), id_n(3), -1);
        assert_int_equal(count_of(f, 3), 1);
        assert_true(id_equal(same_first(f->txn, T, id_n(5)), id_n(4)));
}

static void it_may_be_taken_back_before_it_is_said(void **state)
{
        struct fixture *f = *state;
        same_put(f->txn, T, id_n(1), id_n(2), -1);
        assert_int_equal(count_of(f, 1), 1);
        same_put(f->txn, T, id_n(1), id_n(2), 1);
        assert_int_equal(count_of(f, 1), 1);
        same_put(f->txn, T, id_n(2), id_n(1), 1);
        assert_int_equal(count_of(f, 1), 2);
}

static void of_itself_and_of_none_nothing_is_said(void **state)
{
        struct fixture *f = *state;
        same_put(f->txn, T, id_n(1), id_n(1), 1);
        same_put(f->txn, T, id_n(1), id_n(0), 1);
        same_put(f->txn, T, id_n(0), id_n(1), 1);
        assert_int_equal(txn_count(f->txn, T), 0);
}

static void more_than_there_is_room_for_are_left_out(void **state)
{
        struct fixture *f = *state;
        for (uint8_t n = 2; n < 2 + SAME_MAX + 10; n++)
                same_put(f->txn, T, id_n(1), id_n(n), 1);
        assert_int_equal(count_of(f, 1), SAME_MAX);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(an_id_is_alone_at_first, setup, teardown),
                cmocka_unit_test_setup_teardown(it_holds_by_whatever_way, setup, teardown),
                cmocka_unit_test_setup_teardown(it_may_be_taken_back_before_it_is_said, setup, teardown),
                cmocka_unit_test_setup_teardown(of_itself_and_of_none_nothing_is_said, setup, teardown),
                cmocka_unit_test_setup_teardown(more_than_there_is_room_for_are_left_out, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
