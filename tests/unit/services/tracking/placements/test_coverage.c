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

static const struct placement placement = {
        .starts_on = {20500}, .granted_until = {20500 + 30}, .eligible_until = {20800}};

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
                cmocka_unit_test(test_why_not),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
