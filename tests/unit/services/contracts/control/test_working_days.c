/* Working days of France against a calendar. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "services/contracts/control/working_days.h"

static char *fixed[] = {(char *)"01-01", (char *)"05-01", (char *)"05-08", (char *)"07-14",
                        (char *)"08-15", (char *)"11-01", (char *)"11-11", (char *)"12-25"};
static int32_t after_easter[] = {1, 39, 50};

static Contracts__HolidayRule rule(void)
{
        Contracts__HolidayRule holidays = CONTRACTS__HOLIDAY_RULE__INIT;
        holidays.fixed = fixed;
        holidays.n_fixed = ARRAY_SIZE(fixed);
        holidays.after_easter = after_easter;
        holidays.n_after_easter = ARRAY_SIZE(after_easter);
        return holidays;
}

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

static void test_easter(void **state)
{
        static const struct civil sundays[] = {{2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5}, {2027, 3, 28},
                                               {2038, 4, 25}, {1961, 4, 2},  {2285, 3, 22}};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(sundays); i++)
                assert_int_equal(day_number(easter_sunday(sundays[i].year)), day_number(day_of_civil(sundays[i])));
}

static void test_which_days_are(void **state)
{
        static const struct {
                struct civil day;
                bool is_working;
        } days[] = {
                {{2026, 10, 16}, true}, {{2026, 10, 17}, false}, {{2026, 10, 18}, false}, {{2026, 10, 19}, true},
                {{2026, 5, 1}, false},  {{2026, 4, 6}, false},   {{2026, 5, 14}, false},  {{2026, 5, 25}, false},
                {{2026, 7, 14}, false}, {{2026, 7, 15}, true},   {{1969, 12, 31}, true},  {{1969, 12, 28}, false},
        };
        Contracts__HolidayRule holidays = rule();
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(days); i++)
                if (working_day(&holidays, day_of_civil(days[i].day)) != days[i].is_working)
                        fail_msg("%d-%02d-%02d", days[i].day.year, days[i].day.month, days[i].day.day);
}

static void test_ten_working_days(void **state)
{
        Contracts__HolidayRule holidays = rule();
        (void)state;
        assert_int_equal(day_number(working_days_after(&holidays, day(2026, 10, 2), 10)),
                         day_number(day(2026, 10, 16)));
        /* 1, 8, 14 (Ascension) and 25 May (Whit Monday) are none */
        assert_int_equal(day_number(working_days_after(&holidays, day(2026, 4, 30), 10)), day_number(day(2026, 5, 19)));
        assert_int_equal(day_number(working_days_after(&holidays, day(2026, 10, 17), 0)),
                         day_number(day(2026, 10, 17)));
        assert_int_equal(day_number(working_days_after(&holidays, day(2026, 10, 17), 1)),
                         day_number(day(2026, 10, 19)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_easter),
                cmocka_unit_test(test_which_days_are),
                cmocka_unit_test(test_ten_working_days),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
