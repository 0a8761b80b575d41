/* Penalties against their dated ceilings: told with the source, or refused where the rule says so. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/dated.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/control/ceilings.h"
#include "services/contracts/control/rules.h"

static struct dated dated;
static struct arena arena;
static const Contracts__ControlRulesVersion *rules;

static int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        assert_int_equal(dated_load("deploy/rules", "control", &contracts__control_rules__descriptor, &dated, &info),
                         0);
        rules = dated_on(&dated, day_of_number(20744));
        return 0;
}

static int drop(void **state)
{
        (void)state;
        dated_fini(&dated);
        arena_fini(&arena);
        return 0;
}

struct priced {
        int64_t per_hour, per_day, cap; /* cents; 0: absent */
};

static Contracts__ControlPlan *plan_of(struct priced priced)
{
        Contracts__ControlPlan *plan = pb_new(&contracts__control_plan__descriptor, &arena);
        if (priced.per_hour > 0) {
                plan->missing_hours = pb_new(&contracts__hours_penalty__descriptor, &arena);
                plan->missing_hours->per_hour = money_to(&arena, money_of_cents(priced.per_hour));
        }
        plan->per_day_late = priced.per_day > 0 ? money_to(&arena, money_of_cents(priced.per_day)) : NULL;
        plan->cap = priced.cap > 0 ? money_to(&arena, money_of_cents(priced.cap)) : NULL;
        return plan;
}

static struct to_confirm doubts_of(const Contracts__ControlPlan *plan)
{
        struct to_confirm list = {.arena = &arena};
        const Types__Money *amount = money_to(&arena, money_of_cents(10000000));
        ceilings_doubt(&(struct ceilings_of){plan, rules, amount, day_of_number(20744)}, &list);
        return list;
}

static void test_what_goes_beyond_is_told_with_its_source(void **state)
{
        (void)state;
        assert_int_equal(doubts_of(plan_of((struct priced){20000, 7500, 1000000})).count, 0);
        struct to_confirm list = doubts_of(plan_of((struct priced){20001, 7501, 1000001}));
        assert_int_equal(list.count, 3);
        assert_non_null(strstr(list.texts[0], "Pénalité par heure non réalisée"));
        assert_non_null(strstr(list.texts[0], "21_BAM_048"));
        assert_non_null(strstr(list.texts[1], "Pénalité par jour de retard"));
        assert_non_null(strstr(list.texts[2], "10 %"));
}

static void test_no_cap_is_told_and_no_penalty_needs_none(void **state)
{
        (void)state;
        struct to_confirm list = doubts_of(plan_of((struct priced){100, 0, 0}));
        assert_int_equal(list.count, 1);
        assert_non_null(strstr(list.texts[0], "le plan n'en dit aucun"));
        assert_int_equal(doubts_of(plan_of((struct priced){0, 0, 0})).count, 0);
}

/* 17 x 12.02 € on 18 October 2026 is over 200 €, 16 x is not. */
static void test_a_multiple_counts_at_today_s_rate(void **state)
{
        (void)state;
        for (int64_t times = 16; times <= 17; times++) {
                Contracts__ControlPlan *plan = plan_of((struct priced){1, 0, 1000});
                plan->missing_hours->per_hour = NULL;
                plan->missing_hours->multiple = decimal_to(&arena, decimal_of_millionths(times * 1000000));
                plan->missing_hours->rate = (char *)"SMIC_HORAIRE";
                assert_int_equal(doubts_of(plan).count, times - 16);
        }
}

static void test_a_ceiling_that_refuses(void **state)
{
        (void)state;
        Contracts__ControlRulesVersion strict = *rules;
        Contracts__PenaltyCeiling ceiling = *rules->ceilings[0], *ceilings[] = {&ceiling};
        struct ceilings_of of = {plan_of((struct priced){20001, 0, 0}), &strict, NULL, day_of_number(20744)};
        struct refusal refusal = {0};
        strict.ceilings = ceilings;
        strict.n_ceilings = 1;
        assert_true(ceilings_allow(&of, &arena, &refusal));
        ceiling.refuses = true;
        assert_false(ceilings_allow(&of, &arena, &refusal));
        assert_string_equal(refusal.field, "plan.missingHours");
        of.plan = plan_of((struct priced){20000, 0, 0});
        assert_true(ceilings_allow(&of, &arena, &refusal));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_goes_beyond_is_told_with_its_source),
                cmocka_unit_test(test_no_cap_is_told_and_no_penalty_needs_none),
                cmocka_unit_test(test_a_multiple_counts_at_today_s_rate),
                cmocka_unit_test(test_a_ceiling_that_refuses),
        };
        return cmocka_run_group_tests(tests, load, drop);
}
