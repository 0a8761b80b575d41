/* The price by itself: told of markets launched since the rule is in force, and of nothing else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/dated.h"
#include "services/contracts/consultation/criteria.h"

static void test_by_the_day_of_the_launch(void **state)
{
        static const struct {
                Contracts__ContractKind kind;
                struct civil launched_on;
                bool is_told;
        } rows[] = {
                {CONTRACTS__CONTRACT_KIND__MARKET, {2026, 8, 21}, false},
                {CONTRACTS__CONTRACT_KIND__MARKET, {2026, 8, 22}, true},
                {CONTRACTS__CONTRACT_KIND__CONCESSION, {2026, 9, 1}, false},
                {CONTRACTS__CONTRACT_KIND__PRIVATE, {2026, 9, 1}, false},
        };
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        struct dated dated;
        (void)state;
        assert_int_equal(
                dated_load("deploy/rules", "consultation", &contracts__consultation_rules__descriptor, &dated, &info),
                0);
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                const struct criteria_of of = {rows[i].kind, day_of_civil(rows[i].launched_on)};
                const Contracts__ConsultationVersion *rules = dated_on(&dated, of.launched_on);
                const char *warning = criteria_warning(rules, &of, &arena);
                assert_int_equal(criteria_advice(rules, &of, &arena)[0] != '\0', rows[i].is_told);
                assert_int_equal(warning != NULL, rows[i].is_told);
                if (warning != NULL)
                        assert_non_null(strstr(warning, "L2152-7"));
        }
        dated_fini(&dated);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_by_the_day_of_the_launch),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
