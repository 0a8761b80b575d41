/* Done against what the time that has passed lets expect. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "common/codec/types.h"
#include "services/contracts/control/pace.h"

#define G CONTRACTS__PROGRESS_LIGHT__LIGHT_GREEN
#define O CONTRACTS__PROGRESS_LIGHT__LIGHT_ORANGE
#define R CONTRACTS__PROGRESS_LIGHT__LIGHT_RED
#define E CONTRACTS__PROGRESS_LIGHT__LIGHT_TOO_EARLY

static struct arena arena;
static Contracts__LightRule rule = CONTRACTS__LIGHT_RULE__INIT;

static int make_rule(void **state)
{
        (void)state;
        rule.green = share_to(&arena, share_of_millionths(900000));
        rule.orange = share_to(&arena, share_of_millionths(600000));
        rule.quiet = share_to(&arena, share_of_millionths(100000));
        return 0;
}

static int drop(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static struct pace pace_at(struct hours done, struct hours remaining, const struct span *span, struct day today)
{
        struct pace_hours hours = {.done = done, .remaining = remaining};
        return pace_of(&hours, span, today, &rule);
}

/* A span of a hundred days from day 1000; 1,000 hours owed. */
static void test_lights(void **state)
{
        static const struct {
                int32_t day;
                int64_t done;
                int64_t expected;
                Contracts__ProgressLight light;
        } rows[] = {
                {999, 0, 0, E},        {1008, 0, 90, E},     {1009, 0, 100, R},    {1009, 100, 100, G},
                {1049, 500, 500, G},   {1049, 450, 500, G},  {1049, 449, 500, O},  {1049, 300, 500, O},
                {1049, 299, 500, R},   {1099, 900, 1000, G}, {1100, 999, 1000, R}, {1100, 1000, 1000, G},
                {1100, 1200, 1200, G}, {1049, 1000, 500, G},
        };
        struct span span = {.start = day_of_number(1000), .end = day_of_number(1099)};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                int64_t owed = rows[i].done > 1000 ? rows[i].done : 1000;
                struct pace pace =
                        pace_at(hours_of_hundredths(rows[i].done * 100),
                                hours_of_hundredths((owed - rows[i].done) * 100), &span, day_of_number(rows[i].day));
                assert_int_equal(hours_hundredths(pace.expected), rows[i].expected * 100);
                if (pace.light != rows[i].light)
                        fail_msg("row %zu: light %d", i, (int)pace.light);
        }
}

static void test_suspended_days_are_left_out(void **state)
{
        struct span span = {.start = day_of_number(1000),
                            .end = day_of_number(1099),
                            .pauses = {{day_of_number(1010), day_of_number(1059)}},
                            .pause_count = 1};
        (void)state;
        struct pace pace = pace_at(hours_of_hundredths(0), hours_of_hundredths(100000), &span, day_of_number(1034));
        assert_int_equal(hours_hundredths(pace.expected), 20000); /* 10 of 50 days */
        assert_int_equal(share_millionths(pace.elapsed_share), 200000);
        assert_int_equal(pace.suspended_days, 25);
        pace = pace_at(hours_of_hundredths(0), hours_of_hundredths(100000), &span, day_of_number(1059));
        assert_int_equal(hours_hundredths(pace.expected), 20000);
        pace = pace_at(hours_of_hundredths(0), hours_of_hundredths(100000), &span, day_of_number(1069));
        assert_int_equal(hours_hundredths(pace.expected), 40000);
}

static void test_more_done_than_owed_and_nothing_owed(void **state)
{
        struct span span = {.start = day_of_number(0), .end = day_of_number(9)};
        (void)state;
        struct pace pace = pace_at(hours_of_hundredths(12000), hours_of_hundredths(-2000), &span, day_of_number(20));
        assert_int_equal(pace.light, G);
        assert_int_equal(hours_hundredths(pace.owed), 10000);
        assert_int_equal(share_millionths(pace.done_share), 1000000);
        pace = pace_at(hours_of_hundredths(0), hours_of_hundredths(0), NULL, day_of_number(20));
        assert_int_equal(pace.light, G);
        pace = pace_at(hours_of_hundredths(0), hours_of_hundredths(100), NULL, day_of_number(20));
        assert_int_equal(pace.light, CONTRACTS__PROGRESS_LIGHT__LIGHT_UNKNOWN);
}

static void test_what_invoices_made_due_is_expected_at_once(void **state)
{
        struct span span = {.start = day_of_number(1000), .end = day_of_number(1099)};
        struct pace_hours hours = {hours_of_hundredths(5000), hours_of_hundredths(5000), true};
        (void)state;
        struct pace pace = pace_of(&hours, &span, day_of_number(1049), &rule);
        assert_int_equal(hours_hundredths(pace.expected), 10000);
        assert_int_equal(pace.light, R);
}

static void test_worst_first(void **state)
{
        struct span span = {.start = day_of_number(1000), .end = day_of_number(1099)};
        static const int64_t done[] = {0, 100, 290, 310, 440, 460, 900};
        uint32_t last = 0;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(done); i++) {
                struct pace pace = pace_at(hours_of_hundredths(done[i] * 100),
                                           hours_of_hundredths((1000 - done[i]) * 100), &span, day_of_number(1049));
                assert_true(i == 0 || pace_rank(&pace) > last);
                last = pace_rank(&pace);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_lights),
                cmocka_unit_test(test_suspended_days_are_left_out),
                cmocka_unit_test(test_more_done_than_owed_and_nothing_owed),
                cmocka_unit_test(test_what_invoices_made_due_is_expected_at_once),
                cmocka_unit_test(test_worst_first),
        };
        return cmocka_run_group_tests(tests, make_rule, drop);
}
