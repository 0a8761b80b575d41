/* When what did not go is tried again. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/service/backoff.h"

static const struct backoff mails = {30 * 1000, 6 * 3600 * 1000, 10};

static void test_twice_as_long_each_time(void **state)
{
        (void)state;
        static const int64_t minutes_by_half[] = {1, 2, 4, 8, 16, 32, 64, 128, 256};
        for (uint32_t attempt = 1; attempt <= 9; attempt++) {
                struct verdict next = backoff_after(&mails, attempt, false, 1000);
                assert_false(next.given_up);
                assert_int_equal(next.attempt, attempt);
                assert_int_equal(next.retry_at_ms, 1000 + minutes_by_half[attempt - 1] * 30000);
        }
}

static void test_never_longer_than_the_longest(void **state)
{
        (void)state;
        static const struct backoff for_ever = {1000, 60000, UINT32_MAX};
        assert_int_equal(backoff_after(&for_ever, 6, false, 0).retry_at_ms, 32000);
        assert_int_equal(backoff_after(&for_ever, 7, false, 0).retry_at_ms, 60000);
        assert_int_equal(backoff_after(&for_ever, 4000000, false, 0).retry_at_ms, 60000);
}

static void test_given_up(void **state)
{
        (void)state;
        assert_true(backoff_after(&mails, mails.attempts_max, false, 1000).given_up);
        assert_true(backoff_after(&mails, 1, true, 1000).given_up);
        assert_int_equal(backoff_after(&mails, 1, true, 1000).retry_at_ms, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_twice_as_long_each_time),
                cmocka_unit_test(test_never_longer_than_the_longest),
                cmocka_unit_test(test_given_up),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
