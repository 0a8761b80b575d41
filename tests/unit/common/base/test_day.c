#include "common/base/day.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/err.h"

static const int64_t ms_per_day = 86400000;

static struct day day_of(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

static void known_days_have_their_numbers(void **state)
{
        (void)state;
        assert_int_equal(day_number(day_of(1970, 1, 1)), 0);
        assert_int_equal(day_number(day_of(1969, 12, 31)), -1);
        assert_int_equal(day_number(day_of(2000, 2, 29)), 11016);
        assert_int_equal(day_number(day_of(2026, 8, 22)), 20687);
        assert_int_equal(day_number(day_of(1600, 1, 1)), -135140);
}

static void every_day_of_the_range_comes_back(void **state)
{
        (void)state;
        int32_t first = day_number(day_of(1600, 1, 1));
        int32_t last = day_number(day_of(2400, 12, 31));
        struct civil before = day_civil(day_of_number(first - 1));

        assert_int_equal(last - first + 1, 801 * 365 + 195); /* 1600..2400 has 195 leap years */
        for (int32_t number = first; number <= last; number++) {
                struct civil civil = day_civil(day_of_number(number));
                assert_true(civil_valid(civil));
                assert_int_equal(day_number(day_of_civil(civil)), number);
                assert_true(civil.day == before.day + 1 || civil.day == 1);
                before = civil;
        }
}

static void leap_years_follow_the_gregorian_rule(void **state)
{
        (void)state;
        assert_true(civil_valid((struct civil){2024, 2, 29}));
        assert_true(civil_valid((struct civil){2000, 2, 29}));
        assert_true(civil_valid((struct civil){1600, 2, 29}));
        assert_false(civil_valid((struct civil){1900, 2, 29}));
        assert_false(civil_valid((struct civil){2100, 2, 29}));
        assert_false(civil_valid((struct civil){2023, 2, 29}));
}

static void what_is_no_date_is_not_valid(void **state)
{
        (void)state;
        static const struct civil bad[] = {
                {1599, 12, 31}, {2401, 1, 1},  {2024, 0, 1},  {2024, 13, 1}, {2024, 1, 0},
                {2024, 1, 32},  {2024, 4, 31}, {2024, -1, 1}, {2024, 1, -1}, {218, 1, 1},
        };
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(civil_valid(bad[i]));
        assert_true(day_valid(day_of(1600, 1, 1)));
        assert_true(day_valid(day_of(2400, 12, 31)));
        assert_false(day_valid(day_of_number(day_number(day_of(1600, 1, 1)) - 1)));
        assert_false(day_valid(day_of_number(day_number(day_of(2400, 12, 31)) + 1)));
        assert_true(month_valid(month_of_day(day_of(1600, 1, 1))));
        assert_false(month_valid(month_of_number(month_number(month_of_day(day_of(1600, 1, 1))) - 1)));
}

static void any_number_from_a_peer_is_harmless(void **state)
{
        (void)state;
        static const int32_t numbers[] = {INT32_MIN, INT32_MIN + 1, INT32_MAX - 1, INT32_MAX};
        char text[INSTANT_TEXT_SIZE];

        for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
                struct day day = day_of_number(numbers[i]);
                assert_false(day_valid(day));
                assert_false(month_valid(month_of_number(numbers[i])));
                assert_int_equal(day_number(month_first_day(month_of_number(numbers[i]))),
                                 numbers[i] < 0 ? INT32_MIN : INT32_MAX);
                assert_int_equal(day_number(day_add_months(day, numbers[i])), numbers[i] < 0 ? INT32_MIN : INT32_MAX);
                day_format(day, text);
                month_format(month_of_number(numbers[i]), text);
        }
        assert_int_equal(day_number(day_of_instant_ms(INT64_MIN)), INT32_MIN);
        assert_int_equal(day_number(day_of_instant_ms(INT64_MAX)), INT32_MAX);
        instant_format(INT64_MIN, text);
        instant_format(INT64_MAX, text);
}

static void instants_fall_on_their_day(void **state)
{
        (void)state;
        assert_int_equal(day_number(day_of_instant_ms(0)), 0);
        assert_int_equal(day_number(day_of_instant_ms(ms_per_day - 1)), 0);
        assert_int_equal(day_number(day_of_instant_ms(ms_per_day)), 1);
        assert_int_equal(day_number(day_of_instant_ms(-1)), -1);
        assert_int_equal(day_number(day_of_instant_ms(-ms_per_day)), -1);
        assert_int_equal(day_number(day_of_instant_ms(-ms_per_day - 1)), -2);
}

static void months_count_from_1970(void **state)
{
        (void)state;
        assert_int_equal(month_number(month_of_day(day_of(1970, 1, 31))), 0);
        assert_int_equal(month_number(month_of_day(day_of(1969, 12, 1))), -1);
        assert_int_equal(month_number(month_of_day(day_of(2026, 11, 22))), 682);
        for (int32_t number = month_number(month_of_day(day_of(1600, 1, 1))); number < 5000; number++) {
                struct day first = month_first_day(month_of_number(number));
                assert_int_equal(day_civil(first).day, 1);
                assert_int_equal(month_number(month_of_day(first)), number);
        }
}

static void adding_months_stays_in_the_month(void **state)
{
        (void)state;
        static const struct {
                struct civil from;
                int months;
                struct civil to;
        } cases[] = {
                {{2023, 1, 31}, 1, {2023, 2, 28}},  {{2024, 1, 31}, 1, {2024, 2, 29}},
                {{2024, 2, 29}, 12, {2025, 2, 28}}, {{2024, 2, 29}, -48, {2020, 2, 29}},
                {{2024, 5, 15}, 0, {2024, 5, 15}},  {{2024, 12, 31}, 2, {2025, 2, 28}},
                {{2024, 3, 31}, -1, {2024, 2, 29}}, {{1970, 1, 15}, -1, {1969, 12, 15}},
                {{2024, 6, 30}, 24, {2026, 6, 30}},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
                assert_int_equal(day_number(day_add_months(day_of_civil(cases[i].from), cases[i].months)),
                                 day_number(day_of_civil(cases[i].to)));
}

static void days_read_and_write(void **state)
{
        (void)state;
        static const char *const bad[] = {
                "",
                "2024",
                "2024-1-1",
                "2024-01-01 ",
                " 2024-01-01",
                "2024/01/01",
                "0218-05-03",
                "2024-02-30",
                "2024-13-01",
                "2024-00-10",
                "2024-01-00",
                "20240101",
                "2024-01-01T00:00:00Z",
                "+024-01-01",
                "2024-01-0x",
        };
        char text[DAY_TEXT_SIZE];
        struct day day;

        assert_int_equal(day_parse("2024-02-29", &day), 0);
        assert_int_equal(day_number(day), day_number(day_of(2024, 2, 29)));
        day_format(day, text);
        assert_string_equal(text, "2024-02-29");
        day_format(day_of(1600, 1, 1), text);
        assert_string_equal(text, "1600-01-01");
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                day = day_of_number(42);
                assert_int_equal(day_parse(bad[i], &day), ERR_MALFORMED);
                assert_int_equal(day_number(day), 42);
        }
}

static void months_read_and_write(void **state)
{
        (void)state;
        static const char *const bad[] = {"", "2024", "2024-", "2024-1", "2024-13", "2024-00", "2024-01-01", "1599-12"};
        char text[MONTH_TEXT_SIZE];
        struct month month;

        assert_int_equal(month_parse("1969-12", &month), 0);
        assert_int_equal(month_number(month), -1);
        month_format(month, text);
        assert_string_equal(text, "1969-12");
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                assert_int_equal(month_parse(bad[i], &month), ERR_MALFORMED);
                assert_int_equal(month_number(month), -1);
        }
}

static void instants_read_and_write(void **state)
{
        (void)state;
        static const char *const bad[] = {
                "",
                "2024-01-01",
                "2024-01-01T00:00:00",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:60Z",
                "2024-01-01T00:00:00+02:00",
                "2024-01-01T00:00:00.5Z",
                "2024-01-01 00:00:00Z",
                "2024-01-01T00:00:00.1234Z",
                "2024-01-01T00:00:00ZZ",
                "2024-02-30T00:00:00Z",
        };
        static const int64_t instants[] = {0, 1, -1, 1700000000123, -11676096000000, 13601087999999};
        char text[INSTANT_TEXT_SIZE];
        int64_t at_ms = 7;

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                assert_int_equal(instant_parse(bad[i], &at_ms), ERR_MALFORMED);
                assert_int_equal(at_ms, 7);
        }
        for (size_t i = 0; i < ARRAY_SIZE(instants); i++) {
                instant_format(instants[i], text);
                assert_int_equal(instant_parse(text, &at_ms), 0);
                assert_int_equal(at_ms, instants[i]);
        }
        assert_int_equal(instant_parse("2024-01-01T12:30:15Z", &at_ms), 0);
        instant_format(at_ms, text);
        assert_string_equal(text, "2024-01-01T12:30:15.000Z");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(known_days_have_their_numbers),
                cmocka_unit_test(every_day_of_the_range_comes_back),
                cmocka_unit_test(leap_years_follow_the_gregorian_rule),
                cmocka_unit_test(what_is_no_date_is_not_valid),
                cmocka_unit_test(any_number_from_a_peer_is_harmless),
                cmocka_unit_test(instants_fall_on_their_day),
                cmocka_unit_test(months_count_from_1970),
                cmocka_unit_test(adding_months_stays_in_the_month),
                cmocka_unit_test(days_read_and_write),
                cmocka_unit_test(months_read_and_write),
                cmocka_unit_test(instants_read_and_write),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
