/* How many hours fit between two days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/working_time.h"

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

static void test_days_and_weeks(void **state)
{
        (void)state;
        assert_int_equal(hours_between(day(2026, 11, 27), day(2026, 11, 28), 1000, 4800), 2000); /* Friday, Saturday */
        assert_int_equal(hours_between(day(2026, 11, 23), day(2026, 11, 29), 1000, 4800), 4800); /* a week */
        assert_int_equal(hours_between(day(2026, 11, 22), day(2026, 11, 23), 1000, 1500), 2000); /* Sunday and Monday */
        assert_int_equal(hours_between(day(2026, 11, 2), day(2026, 11, 1), 1000, 4800), 0);
        assert_int_equal(hours_between(day(1969, 12, 29), day(1970, 1, 4), 1000, 4800), 4800); /* one week */

        for (int32_t first = -10; first < 10; first++) /* day by day, whatever the weekdays */
                for (int32_t days = 0; days < 40; days++) {
                        int64_t sum = 0, week = 0;
                        for (int32_t at = first; at < first + days; at++) {
                                bool is_monday = (at + 3 + 70) % 7 == 0;
                                week = is_monday ? 1000 : week + 1000;
                                sum += week <= 4800 ? 1000 : week - 1000 < 4800 ? 5800 - week : 0;
                        }
                        assert_int_equal(
                                hours_between(day_of_number(first), day_of_number(first + days - 1), 1000, 4800), sum);
                }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_days_and_weeks),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
