/* How long nobody may try again: free at first, then twice as long each time, up to a quarter of an hour. */
#include "tests/unit/services/accounts/sign_in/fixture.h"

#include "services/accounts/sign_in/tries.h"

static void test_twice_as_long_each_time(void **state)
{
        (void)state;
        assert_int_equal(tries_wait_s(0, 5, 0, 1000), 0);
        assert_int_equal(tries_wait_s(5, 5, 0, 0), 0);
        assert_int_equal(tries_wait_s(6, 5, 0, 0), 1);
        assert_int_equal(tries_wait_s(7, 5, 0, 0), 2);
        assert_int_equal(tries_wait_s(10, 5, 0, 0), 16);
        assert_int_equal(tries_wait_s(10, 5, 0, 15001), 1);
        assert_int_equal(tries_wait_s(10, 5, 0, 16000), 0);
        assert_int_equal(tries_wait_s(15, 5, 0, 0), 512);
        assert_int_equal(tries_wait_s(16, 5, 0, 0), TRIES_LONGEST_S);
        assert_int_equal(tries_wait_s(UINT32_MAX, 5, 0, 0), TRIES_LONGEST_S);
}

/* After a day it begins anew; and a clock that was set back locks nobody out. */
static void test_it_ends(void **state)
{
        (void)state;
        assert_int_equal(tries_wait_s(100, 5, 0, TRIES_FORGOTTEN_MS), 0);
        assert_int_equal(tries_wait_s(100, 5, 5000, 0), 0);
}

/* As hashes, by a key; who comes from this machine is not counted by place. */
static void test_what_it_counts_for(void **state)
{
        struct fixture *f = *state;
        struct work work = {.engine = f->engine, .arena = &f->arena, .context = engine_context(f->engine)};
        const struct tried_by from_afar = tries_of(&work, "marie", "192.0.2.0/24");
        const struct tried_by here = tries_of(&work, "marie", "");
        const struct tried_by twin = tries_of(&work, "192.0.2.0/24", "marie");
        assert_int_equal(from_afar.count, 2);
        assert_int_equal(here.count, 1);
        assert_true(slice_equal(pb_slice(from_afar.what[0]), pb_slice(here.what[0])));
        assert_false(slice_equal(pb_slice(from_afar.what[0]), pb_slice(twin.what[1]))); /* a name is no place */
        assert_int_equal(here.what[0].len, TRIED_SIZE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_twice_as_long_each_time),
                cmocka_unit_test(test_it_ends),
                cmocka_unit_test_setup_teardown(test_what_it_counts_for, setup_sign_in, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
