/* Days on the wall, around midnight and around the changes of the clock. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/local_time.h"

static void expect(const char *territory, const char *instant, const char *day)
{
        int64_t at_ms = 0;
        char text[DAY_TEXT_SIZE];
        assert_int_equal(instant_parse(instant, &at_ms), 0);
        day_format(local_day(territory, at_ms), text);
        assert_string_equal(text, day);
}

static void test_metropolitan(void **state)
{
        (void)state;
        expect("31", "2026-01-15T22:59:59Z", "2026-01-15");
        expect("31", "2026-01-15T23:00:00Z", "2026-01-16");
        expect("2A", "2026-07-15T21:59:59Z", "2026-07-15");
        expect("31", "2026-07-15T22:00:00Z", "2026-07-16");
        /* 2026: from Sunday 29 March to Sunday 25 October */
        expect("31", "2026-03-28T22:30:00Z", "2026-03-28");
        expect("31", "2026-03-29T22:30:00Z", "2026-03-30");
        expect("31", "2026-10-24T22:30:00Z", "2026-10-25");
        expect("31", "2026-10-25T22:30:00Z", "2026-10-25");
        /* 2024: 31 March is itself a Sunday; 27 October */
        expect("75", "2024-03-31T22:30:00Z", "2024-04-01");
        expect("75", "2024-10-27T22:30:00Z", "2024-10-27");
}

static void test_overseas(void **state)
{
        (void)state;
        expect("974", "2026-10-11T20:30:00Z", "2026-10-12");
        expect("971", "2026-10-12T03:59:59Z", "2026-10-11");
        expect("973", "2026-10-12T03:00:00Z", "2026-10-12");
        expect("987", "2026-10-12T09:59:59Z", "2026-10-11");
        expect("988", "2026-10-12T13:00:00Z", "2026-10-13");
        /* Saint-Pierre: from the second Sunday of March to the first of November */
        expect("975", "2026-07-01T02:30:00Z", "2026-07-01");
        expect("975", "2026-12-01T02:30:00Z", "2026-11-30");
        expect("975", "2026-10-31T02:30:00Z", "2026-10-31");
}

static void expect_instant(const char *territory, const char *day, int hour, const char *wanted)
{
        struct day of;
        char text[INSTANT_TEXT_SIZE];
        assert_int_equal(day_parse(day, &of), 0);
        instant_format(local_instant(territory, of, hour), text);
        assert_string_equal(text, wanted);
}

static void test_an_hour_of_a_day(void **state)
{
        (void)state;
        expect_instant("31", "2026-01-15", 6, "2026-01-15T05:00:00.000Z");
        expect_instant("31", "2026-07-15", 6, "2026-07-15T04:00:00.000Z");
        expect_instant("31", "2026-03-29", 6, "2026-03-29T04:00:00.000Z");
        expect_instant("31", "2026-10-25", 6, "2026-10-25T05:00:00.000Z");
        expect_instant("31", "2026-03-29", 2, "2026-03-29T01:00:00.000Z"); /* left out: it is three */
        expect_instant("31", "2026-10-25", 2, "2026-10-25T00:00:00.000Z"); /* twice: the first */
        expect_instant("31", "2026-03-29", 0, "2026-03-28T23:00:00.000Z");
        expect_instant("974", "2026-07-15", 6, "2026-07-15T02:00:00.000Z");
        expect_instant("988", "2026-07-15", 6, "2026-07-14T19:00:00.000Z");
        expect_instant("975", "2026-07-15", 6, "2026-07-15T08:00:00.000Z");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_metropolitan),
                cmocka_unit_test(test_overseas),
                cmocka_unit_test(test_an_hour_of_a_day),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
