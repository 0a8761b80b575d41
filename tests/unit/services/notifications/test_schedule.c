#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notifications/schedule.h"

static void test_twice_as_long_each_time(void **state)
{
        (void)state;
        static const int64_t minutes_by_half[] = {1, 2, 4, 8, 16, 32, 64, 128, 256};
        for (uint32_t attempt = 1; attempt <= 9; attempt++) {
                struct schedule next = schedule_after_failure(attempt, false, 1000);
                assert_false(next.given_up);
                assert_int_equal(next.retry_at_ms, 1000 + minutes_by_half[attempt - 1] * 30000);
                assert_true(next.retry_at_ms - 1000 <= SCHEDULE_DELAY_MS_MAX);
        }
}

static void test_given_up(void **state)
{
        (void)state;
        assert_true(schedule_after_failure(SCHEDULE_ATTEMPTS_MAX, false, 1000).given_up);
        assert_true(schedule_after_failure(1, true, 1000).given_up);
        assert_int_equal(schedule_after_failure(1, true, 1000).retry_at_ms, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_twice_as_long_each_time),
                cmocka_unit_test(test_given_up),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
