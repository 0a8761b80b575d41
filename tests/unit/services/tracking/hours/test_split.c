/* The arithmetic of a month over several clauses: to the hundredth, whatever the shares. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/hours/split.h"

struct asked {
        struct arena arena;
        Tracking__SplitHours command;
        Tracking__HoursPart *parts[SPLIT_PARTS_MAX + 1];
};

/* `shares` in millionths. */
static void ask(struct asked *asked, int64_t total, const uint32_t *shares, size_t count)
{
        asked->arena = (struct arena){0};
        asked->command = (Tracking__SplitHours)TRACKING__SPLIT_HOURS__INIT;
        asked->command.hours = hours_to(&asked->arena, hours_of_hundredths(total));
        asked->command.parts = asked->parts;
        asked->command.n_parts = count;
        for (size_t i = 0; i < count; i++) {
                asked->parts[i] = pb_new(&tracking__hours_part__descriptor, &asked->arena);
                asked->parts[i]->share = share_to(&asked->arena, share_of_millionths(shares[i]));
        }
}

static void test_the_largest_remainder(void **state)
{
        static const uint32_t thirds[] = {333333, 333333, 333334}, halves[] = {500000, 500000};
        struct asked asked;
        struct refusal refusal;
        int64_t parts[SPLIT_PARTS_MAX];
        (void)state;
        ask(&asked, 10000, thirds, ARRAY_SIZE(thirds));
        assert_true(split_hours(&asked.command, parts, &refusal));
        assert_int_equal(parts[0], 3333);
        assert_int_equal(parts[1], 3333);
        assert_int_equal(parts[2], 3334);
        arena_fini(&asked.arena);
        ask(&asked, 15167, halves, ARRAY_SIZE(halves)); /* of equal ones the first */
        assert_true(split_hours(&asked.command, parts, &refusal));
        assert_int_equal(parts[0], 7584);
        assert_int_equal(parts[1], 7583);
        arena_fini(&asked.arena);
}

static void test_never_more_than_was_worked(void **state)
{
        uint64_t dice = 20261129;
        (void)state;
        for (int turn = 0; turn < 2000; turn++) {
                uint32_t shares[SPLIT_PARTS_MAX], left = 1000000;
                int64_t parts[SPLIT_PARTS_MAX], total = (int64_t)(dice % 74401), sum = 0;
                size_t count = 2 + (size_t)(turn % (SPLIT_PARTS_MAX - 1));
                struct asked asked;
                struct refusal refusal;
                for (size_t i = 0; i < count; i++) {
                        dice = dice * 6364136223846793005u + 1442695040888963407u;
                        shares[i] = i + 1 == count ? left : (uint32_t)(dice >> 33) % (left + 1);
                        left -= shares[i];
                }
                ask(&asked, total, shares, count);
                assert_true(split_hours(&asked.command, parts, &refusal));
                for (size_t i = 0; i < count; i++) {
                        assert_true(parts[i] >= 0);
                        sum += parts[i];
                }
                assert_int_equal(sum, total);
                arena_fini(&asked.arena);
        }
}

static void test_refusals(void **state)
{
        static const uint32_t short_of_one[] = {500000, 499999}, more_than_one[] = {500000, 500001};
        struct asked asked;
        struct refusal refusal;
        int64_t parts[SPLIT_PARTS_MAX];
        (void)state;
        ask(&asked, 10000, short_of_one, 2);
        assert_false(split_hours(&asked.command, parts, &refusal));
        asked.command.n_parts = 1;
        assert_false(split_hours(&asked.command, parts, &refusal));
        asked.command.n_parts = 2;
        asked.parts[0]->hours = asked.command.hours; /* both kinds */
        assert_false(split_hours(&asked.command, parts, &refusal));
        asked.parts[0]->share = asked.parts[1]->share = NULL;
        asked.parts[1]->hours = hours_to(&asked.arena, hours_of_hundredths(1)); /* together one more than all */
        assert_false(split_hours(&asked.command, parts, &refusal));
        asked.parts[1]->hours = hours_to(&asked.arena, hours_of_hundredths(0));
        assert_true(split_hours(&asked.command, parts, &refusal));
        arena_fini(&asked.arena);
        ask(&asked, 10000, more_than_one, 2);
        assert_false(split_hours(&asked.command, parts, &refusal));
        arena_fini(&asked.arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_largest_remainder),
                cmocka_unit_test(test_never_more_than_was_worked),
                cmocka_unit_test(test_refusals),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
