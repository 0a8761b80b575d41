/* The penalties of the two verified models, and of the formulas that a plan may have, against figures made by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/dated.h"
#include "common/codec/types.h"
#include "services/contracts/control/penalty.h"
#include "services/contracts/control/rules.h"

#define LATE     CONTRACTS__CASE_GROUND__LATE_STATEMENT
#define SLOW     CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS
#define NOT_DONE CONTRACTS__CASE_GROUND__HOURS_NOT_DONE

static struct dated dated;
static struct arena arena;
static const Contracts__ControlRulesVersion *rules;

static int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        assert_int_equal(dated_load("deploy/rules", "control", &contracts__control_rules__descriptor, &dated, &info),
                         0);
        rules = dated_on(&dated, day_of_civil((struct civil){2026, 10, 18}));
        return 0;
}

static int drop(void **state)
{
        (void)state;
        dated_fini(&dated);
        arena_fini(&arena);
        return 0;
}

static struct day day(const char *text)
{
        struct day read;
        assert_int_equal(day_parse(text, &read), 0);
        return read;
}

static Contracts__ControlPlan plan_of(const char *model)
{
        const Contracts__ControlModel *found = control_model(rules, model);
        assert_non_null(found);
        return *found->plan;
}

static bool computed(const Contracts__ControlPlan *plan, struct penalty_facts *facts, struct penalty *ret,
                     struct refusal *ret_refusal)
{
        facts->plan = plan;
        facts->rules = rules;
        return penalty_compute(facts, &arena, ret, ret_refusal);
}

static void test_vectors_of_hours(void **state)
{
        static const struct {
                const char *model, *served_on;
                int64_t hundredths, cents;
        } rows[] = {
                {"trimestriel", "2026-10-01", 10000, 2000000}, /* 200 € × 100 h */
                {"trimestriel", "2026-10-01", 1, 200},
                {"trimestriel", "2026-10-01", 83333, 16666600},
                {"formation", "2026-10-01", 10000, 1200000}, /* 4 × 30 € × 100 h */
                {"formation", "2025-10-01", 10000, 1160000}, /* 4 × 29 € × 100 h */
                {"formation", "2023-10-01", 10000, 1160000}, /* before the first value: the first */
                {"formation", "2026-01-01", 3333, 399960},
                {"mensuel", "2026-10-01", 10000, 240400}, /* 2 × 12,02 € × 100 h */
                {"mensuel", "2024-10-31", 10000, 233000},
                {"mensuel", "2024-11-01", 10000, 237600},
                {"mensuel", "2026-10-01", 33, 793}, /* 7,9332 €: cut */
                {"mensuel", "2026-10-01", 0, 0},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__ControlPlan plan = plan_of(rows[i].model);
                struct penalty_facts facts = {.ground = NOT_DONE,
                                              .served_on = day(rows[i].served_on),
                                              .missing = hours_of_hundredths(rows[i].hundredths)};
                struct penalty penalty;
                struct refusal refusal;
                assert_true(computed(&plan, &facts, &penalty, &refusal));
                if (money_cents(penalty.computed) != rows[i].cents)
                        fail_msg("row %zu: %lld", i, (long long)money_cents(penalty.computed));
                assert_int_equal(hours_hundredths(penalty.hours), rows[i].hundredths);
                assert_int_equal(penalty.days, 0);
        }
}

static void test_vectors_of_days(void **state)
{
        static const struct {
                const char *due_on, *served_on, *until;
                Contracts__LatenessStart from;
                uint32_t days;
                int64_t cents;
        } rows[] = {
                {"2026-07-15", "2026-09-01", "2026-09-11", CONTRACTS__LATENESS_START__FROM_FORMAL_NOTICE, 10, 75000},
                {"2026-07-15", "2026-09-01", "2026-09-11", CONTRACTS__LATENESS_START__FROM_DUE_DATE, 58, 435000},
                {"2026-07-15", "2026-09-01", "2026-09-01", CONTRACTS__LATENESS_START__FROM_FORMAL_NOTICE, 0, 0},
                {"2026-07-15", "2026-09-01", "2026-08-20", CONTRACTS__LATENESS_START__FROM_FORMAL_NOTICE, 0, 0},
                {"2026-07-15", "2026-09-01", "2026-09-02", CONTRACTS__LATENESS_START__FROM_FORMAL_NOTICE, 1, 7500},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__ControlPlan plan = plan_of("trimestriel");
                struct penalty_facts facts = {.ground = LATE,
                                              .due_on = day(rows[i].due_on),
                                              .served_on = day(rows[i].served_on),
                                              .until = day(rows[i].until)};
                struct penalty penalty;
                struct refusal refusal;
                plan.lateness_from = rows[i].from;
                assert_true(computed(&plan, &facts, &penalty, &refusal));
                assert_int_equal(penalty.days, rows[i].days);
                assert_int_equal(money_cents(penalty.computed), rows[i].cents);
        }
}

static void test_the_cap_is_over_all(void **state)
{
        static const struct {
                int64_t decided, computed;
                bool capped;
        } rows[] = {{0, 1500000, true}, {900000, 600000, true}, {1500000, 0, true}, {2000000, 0, true}};
        Contracts__ControlPlan plan = plan_of("trimestriel");
        struct penalty_facts facts = {
                .ground = NOT_DONE, .served_on = day("2026-10-01"), .missing = hours_of_hundredths(10000)};
        struct penalty penalty;
        struct refusal refusal;
        (void)state;
        plan.cap = money_to(&arena, money_of_cents(1500000));
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                facts.decided = money_of_cents(rows[i].decided);
                assert_true(computed(&plan, &facts, &penalty, &refusal));
                assert_int_equal(money_cents(penalty.computed), rows[i].computed);
                assert_int_equal(penalty.capped, rows[i].capped);
        }
        facts.missing = hours_of_hundredths(7500);
        facts.decided = money_of_cents(0);
        assert_true(computed(&plan, &facts, &penalty, &refusal));
        assert_int_equal(money_cents(penalty.computed), 1500000);
        assert_false(penalty.capped);
}

static void test_a_formula_shows_its_figures(void **state)
{
        Contracts__ControlPlan plan = plan_of("formation");
        struct penalty_facts facts = {
                .ground = NOT_DONE, .served_on = day("2026-10-01"), .missing = hours_of_hundredths(5000)};
        struct penalty penalty;
        struct refusal refusal;
        (void)state;
        assert_true(computed(&plan, &facts, &penalty, &refusal));
        assert_non_null(strstr(penalty.formula, "plafond horaire de la sécurité sociale au 1er janvier 2026"));
        assert_non_null(strstr(penalty.formula, "= 6\u202f000\u00a0€"));
        assert_non_null(strstr(penalty_told(&plan, rules, NOT_DONE, &arena), "4 × plafond horaire"));
        assert_non_null(strstr(penalty_told(&plan, rules, LATE, &arena), "aucune pénalité"));
}

static void test_what_the_clause_does_not_penalise(void **state)
{
        Contracts__ControlPlan plan = plan_of("formation");
        struct penalty_facts facts = {.ground = LATE, .missing = hours_of_hundredths(100)};
        struct penalty penalty;
        struct refusal refusal;
        (void)state;
        assert_false(computed(&plan, &facts, &penalty, &refusal)); /* no price a day */
        facts.ground = SLOW;
        assert_false(computed(&plan, &facts, &penalty, &refusal)); /* at the end only */
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        Contracts__HoursPenalty hours = *plan.missing_hours;
        hours.before_end = true;
        plan.missing_hours = &hours;
        assert_true(computed(&plan, &facts, &penalty, &refusal));
        hours.rate = (char *)"DISPARU"; /* a rate that was taken out of the rules after the plan was put */
        assert_false(computed(&plan, &facts, &penalty, &refusal));
        plan.missing_hours = NULL;
        facts.ground = NOT_DONE;
        assert_false(computed(&plan, &facts, &penalty, &refusal));
}

static void test_what_cannot_be_told_is_refused(void **state)
{
        Contracts__ControlPlan plan = plan_of("trimestriel");
        struct penalty_facts facts = {
                .ground = NOT_DONE, .served_on = day("2026-10-01"), .missing = hours_of_hundredths(INT64_MAX)};
        struct penalty penalty;
        struct refusal refusal;
        (void)state;
        assert_false(computed(&plan, &facts, &penalty, &refusal));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_vectors_of_hours),
                cmocka_unit_test(test_vectors_of_days),
                cmocka_unit_test(test_the_cap_is_over_all),
                cmocka_unit_test(test_a_formula_shows_its_figures),
                cmocka_unit_test(test_what_the_clause_does_not_penalise),
                cmocka_unit_test(test_what_cannot_be_told_is_refused),
        };
        return cmocka_run_group_tests(tests, load, drop);
}
