/* Which of two days comes first, and days beyond all days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/days.h"

static void test_two_days(void **state)
{
        struct day first = day_of_civil((struct civil){2024, 2, 28}), next = day_plus(first, 1);
        (void)state;
        assert_true(day_equal(next, day_of_civil((struct civil){2024, 2, 29})));
        assert_false(day_equal(next, first));
        assert_true(day_equal(day_earlier(next, first), first));
        assert_true(day_equal(day_earlier(first, next), first));
        assert_true(day_equal(day_later(next, first), next));
        assert_true(day_equal(day_later(first, next), next));
        assert_true(day_equal(day_plus(next, -1), first));
}

static void test_beyond_all_days(void **state)
{
        (void)state;
        assert_int_equal(day_number(day_plus(day_of_number(INT32_MAX), 1)), INT32_MAX);
        assert_int_equal(day_number(day_plus(day_of_number(INT32_MIN), -1)), INT32_MIN);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_two_days),
                cmocka_unit_test(test_beyond_all_days),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
