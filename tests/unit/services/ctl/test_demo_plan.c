/* The demo region on paper: the same each time, whole, and plausible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "common/base/siret.h"
#include "services/ctl/demo_plan.h"

enum { TODAY = 20779 }; /* 2026-11-22 */

static struct demo_tables tables;

static void test_same_seed_same_region(void **state)
{
        (void)state;
        struct demo_plan *one = demo_plan_new(&tables, 1, day_of_number(TODAY));
        struct demo_plan *two = demo_plan_new(&tables, 1, day_of_number(TODAY));
        struct demo_plan *other = demo_plan_new(&tables, 2, day_of_number(TODAY));
        assert_memory_equal(one, two, sizeof(*one));
        assert_int_not_equal(memcmp(one->contracts, other->contracts, sizeof(one->contracts)), 0);
        demo_plan_free(one);
        demo_plan_free(two);
        demo_plan_free(other);
}

static void test_organisations_have_their_own_valid_siret(void **state)
{
        (void)state;
        struct demo_plan *plan = demo_plan_new(&tables, 1, day_of_number(TODAY));
        for (size_t i = 0; i < DEMO_ORGANISATIONS; i++) {
                assert_true(siret_valid(plan->organisations[i].siret));
                assert_memory_equal(plan->organisations[i].siret, "9990", 4);
                assert_true(plan->organisations[i].name[0] != '\0');
                for (size_t k = 0; k < i; k++)
                        assert_string_not_equal(plan->organisations[i].siret, plan->organisations[k].siret);
        }
        demo_plan_free(plan);
}

static void test_every_department_lives(void **state)
{
        (void)state;
        static const char *const departments[] = {"09", "11", "12", "30", "31", "32", "34",
                                                  "46", "48", "65", "66", "81", "82"};
        struct demo_plan *plan = demo_plan_new(&tables, 1, day_of_number(TODAY));
        for (size_t d = 0; d < ARRAY_SIZE(departments); d++) {
                size_t clauses = 0;
                size_t prescribers = 0;
                for (size_t i = 0; i < DEMO_CLAUSES; i++)
                        clauses += strcmp(demo_territory(plan, plan->contracts[i].commune), departments[d]) == 0;
                for (size_t i = 0; i < DEMO_PRESCRIBERS; i++)
                        prescribers += strcmp(demo_territory(plan, plan->organisations[demo_prescriber(i)].commune),
                                              departments[d]) == 0;
                assert_true(clauses > 0);
                assert_int_equal(prescribers, 2);
        }
        demo_plan_free(plan);
}

static void test_work_is_plausible(void **state)
{
        (void)state;
        struct demo_plan *plan = demo_plan_new(&tables, 1, day_of_number(TODAY));
        size_t waiting = 0;
        size_t modalities[4] = {0};
        assert_true(plan->month_count > DEMO_PLACEMENTS && plan->month_count < DEMO_MONTHS_MAX);
        for (size_t i = 0; i < plan->month_count; i++) {
                const struct demo_month *month = &plan->months[i];
                const struct demo_placement *placement = &plan->placements[month->placement];
                assert_true(month->hundredths > 0 && month->hundredths < placement->weekly_hundredths * 5);
                assert_true(month_number(month->month) < month_number(month_of_day(plan->today)));
                assert_true(month_number(month->month) >= month_number(month_of_day(placement->starts_on)));
                waiting += !month->validated;
        }
        for (size_t i = 0; i < DEMO_PLACEMENTS; i++) {
                const struct demo_placement *placement = &plan->placements[i];
                modalities[placement->modality]++;
                assert_true(!placement->ends || day_number(placement->ends_on) > day_number(placement->starts_on));
                assert_int_equal(plan->persons[placement->person].decision, 1);
        }
        assert_true(waiting > 0);
        assert_true(modalities[1] > 40 && modalities[2] > 40 && modalities[3] > 40);
        demo_plan_free(plan);
}

static void assert_work_fits_its_contract(const struct demo_plan *plan)
{
        for (size_t i = 0; i < DEMO_CONTRACTS; i++) {
                const struct demo_contract *contract = &plan->contracts[i];
                const char *trades = table_member(tables.companies, contract->company - demo_company(0), "trades");
                assert_non_null(strstr(trades, table_member(tables.trades, contract->trade, "rome")));
        }
        for (size_t i = 0; i < DEMO_PLACEMENTS; i++) {
                const struct demo_placement *placement = &plan->placements[i];
                const struct demo_contract *contract = &plan->contracts[placement->contract];
                assert_true(day_number(placement->starts_on) > day_number(contract->notified_on));
        }
        for (size_t i = 0; i < DEMO_INVOICES; i++)
                assert_true(day_number(plan->invoices[i].dated) >=
                            day_number(plan->contracts[plan->invoices[i].contract].notified_on));
}

static void test_work_fits_its_contract(void **state)
{
        (void)state;
        for (int day = TODAY; day < TODAY + 400; day += 37) { /* the plan follows the day of the load */
                struct demo_plan *plan = demo_plan_new(&tables, (uint64_t)day, day_of_number(day));
                assert_work_fits_its_contract(plan);
                demo_plan_free(plan);
        }
}

/* An earlier month still waits somewhere, and no ended placement has anything left to clear up. */
static void test_some_months_are_late(void **state)
{
        (void)state;
        struct demo_plan *plan = demo_plan_new(&tables, 1, day_of_number(TODAY));
        int latest = month_number(month_of_day(plan->today)) - 1;
        size_t late = 0;
        for (size_t i = 0; i < plan->month_count; i++) {
                const struct demo_month *month = &plan->months[i];
                late += !month->validated && month_number(month->month) < latest;
                assert_true(month->validated || plan->placements[month->placement].outcome == 0);
        }
        assert_true(late > 0);
        assert_true(late < plan->month_count / 10);
        demo_plan_free(plan);
}

static int load_tables(void **state)
{
        (void)state;
        return demo_tables_load("deploy/demo", &tables) ? 0 : -1;
}

static int free_tables(void **state)
{
        (void)state;
        demo_tables_free(&tables);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_same_seed_same_region),
                cmocka_unit_test(test_organisations_have_their_own_valid_siret),
                cmocka_unit_test(test_every_department_lives),
                cmocka_unit_test(test_work_is_plausible),
                cmocka_unit_test(test_work_fits_its_contract),
                cmocka_unit_test(test_some_months_are_late),
        };
        return cmocka_run_group_tests(tests, load_tables, free_tables);
}
