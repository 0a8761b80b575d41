#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/ctl/backup/retention.h"

#include "common/base/attr.h"
#include "common/base/day.h"

/* Newest first: two on Monday 30 November 2026, one each on Sunday 29, Saturday 28, Monday 23, 1 November, 31 October.
 */
static const char *const moments[] = {"2026-11-30T20:00:00Z", "2026-11-30T03:00:00Z", "2026-11-29T03:00:00Z",
                                      "2026-11-28T03:00:00Z", "2026-11-23T03:00:00Z", "2026-11-01T03:00:00Z",
                                      "2026-10-31T03:00:00Z"};
enum { COUNT = ARRAY_SIZE(moments) };

static void assert_kept(struct retention retention, const char *expected)
{
        int64_t at_ms[COUNT];
        bool keep[COUNT];
        char kept[COUNT + 1] = "";
        for (size_t i = 0; i < COUNT; i++)
                assert_int_equal(instant_parse(moments[i], &at_ms[i]), 0);
        retention_choose(&retention, at_ms, COUNT, keep);
        for (size_t i = 0; i < COUNT; i++)
                kept[i] = keep[i] ? 'x' : '.';
        assert_string_equal(kept, expected);
}

static void without_a_count_everything_is_kept(void **state)
{
        (void)state;
        assert_kept((struct retention){0}, "xxxxxxx");
}

static void the_last_ones_are_kept(void **state)
{
        (void)state;
        assert_kept((struct retention){.last = 1}, "x......");
        assert_kept((struct retention){.last = 3}, "xxx....");
        assert_kept((struct retention){.last = 100}, "xxxxxxx");
}

static void the_newest_of_each_day_week_and_month_is_kept(void **state)
{
        (void)state;
        assert_kept((struct retention){.daily = 2}, "x.x....");
        assert_kept((struct retention){.daily = 100}, "x.xxxxx");
        assert_kept((struct retention){.weekly = 2}, "x.x....");   /* a week begins on Monday */
        assert_kept((struct retention){.weekly = 100}, "x.x..x."); /* 23 to 29 is one; 26 October to 1 November one */
        assert_kept((struct retention){.monthly = 100}, "x.....x");
}

static void what_one_count_keeps_is_kept(void **state)
{
        (void)state;
        assert_kept((struct retention){.last = 2, .monthly = 2}, "xx....x");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(without_a_count_everything_is_kept),
                cmocka_unit_test(the_last_ones_are_kept),
                cmocka_unit_test(the_newest_of_each_day_week_and_month_is_kept),
                cmocka_unit_test(what_one_count_keeps_is_kept),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
