#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "services/tracking/placements/coverage.h"

static struct day on(int month, int day)
{
        return day_of_civil((struct civil){2026, month, day});
}

static const struct placement placement = {.starts_on = {20500},
                                           .granted_until = {20500 + 30},
                                           .eligible_until = {20800},
                                           .again_from = {INT32_MAX},
                                           .again_until = {INT32_MAX},
                                           .counts_until = {INT32_MAX}};

static struct day from_start(int days)
{
        return day_of_number(20500 + days);
}

static void test_by_its_grant_or_by_a_period(void **state)
{
        const struct period periods[] = {{from_start(0), from_start(30), true},
                                         {from_start(100), from_start(300), false}};
        (void)state;
        assert_true(placement_is_covered(&placement, periods, 2, from_start(0), from_start(10)));
        assert_true(placement_is_covered(&placement, periods, 2, from_start(30), from_start(50)));
        assert_false(placement_is_covered(&placement, periods, 2, from_start(31), from_start(60)));
        assert_true(placement_is_covered(&placement, periods, 2, from_start(90), from_start(110)));
        assert_false(placement_is_covered(&placement, periods, 2, from_start(301), from_start(330)));
        assert_false(placement_is_covered(&placement, periods, 0, from_start(31), from_start(60)));
}

/* Days that follow each other are one period; nothing counts behind the last day of all. */
static void test_which_days(void **state)
{
        const struct period periods[] = {{from_start(20), from_start(40), false},
                                         {from_start(60), from_start(400), false}};
        struct period covered[COVERED_MAX];
        struct placement again = placement;
        (void)state;
        size_t count = placement_covered(&placement, periods, 2, (struct period){from_start(10), from_start(70), false},
                                         covered);
        assert_int_equal(count, 2);
        assert_int_equal(day_number(covered[0].from), day_number(from_start(10)));
        assert_int_equal(day_number(covered[0].until), day_number(from_start(40)));
        assert_int_equal(day_number(covered[1].from), day_number(from_start(60)));

        again.again_from = from_start(50);
        again.again_until = from_start(310);
        again.eligible_until = from_start(310);
        count = placement_covered(&again, NULL, 0, (struct period){from_start(31), from_start(330), false}, covered);
        assert_int_equal(count, 1);
        assert_int_equal(day_number(covered[0].from), day_number(from_start(50)));
        assert_int_equal(day_number(covered[0].until), day_number(from_start(310)));
        assert_false(placement_is_covered(&again, periods, 2, from_start(311), from_start(330)));
}

/* Before the first day it is the decision that may reach back; behind the last, it may be lengthened. */
static void test_why_not(void **state)
{
        const struct period periods[] = {{on(6, 1), on(12, 31), false}};
        struct placement one = {.starts_on = on(3, 1), .granted_until = on(2, 28), .eligible_until = on(12, 31)};
        struct refusal refusal;
        (void)state;
        coverage_refuse(&one, periods, 1, on(3, 1), &refusal);
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        assert_non_null(strstr(refusal.text, "avant le premier jour d'éligibilité (01/06/2026)"));
        assert_non_null(strstr(refusal.text, "rétroactive"));
        one.eligible_until = on(2, 28);
        coverage_refuse(&one, NULL, 0, on(3, 1), &refusal);
        assert_non_null(strstr(refusal.text, "prolonger"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_by_its_grant_or_by_a_period),
                cmocka_unit_test(test_which_days),
                cmocka_unit_test(test_why_not),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
