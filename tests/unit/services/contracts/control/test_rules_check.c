/* deploy/rules/control.json as it is, and what the daemon does not start with. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/dated.h"
#include "common/codec/types.h"
#include "services/contracts/control/rules.h"
#include "services/contracts/control/rules_check.h"

static struct dated dated;
static Contracts__ControlRulesVersion *rules; /* the file's own, to be broken and mended */

static int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        assert_int_equal(dated_load("deploy/rules", "control", &contracts__control_rules__descriptor, &dated, &info),
                         0);
        rules = ((const Contracts__ControlRules *)dated.root)->versions[0];
        return 0;
}

static int drop(void **state)
{
        (void)state;
        dated_fini(&dated);
        return 0;
}

static int check(void)
{
        struct err_info info = {0};
        return control_rules_check(&dated, &info);
}

static void test_the_file(void **state)
{
        (void)state;
        assert_int_equal(check(), 0);
        assert_string_equal(control_model(rules, "")->code, "trimestriel");
        assert_null(control_model(rules, "annuel"));
        assert_string_equal(control_document(rules, "SIAE_INVOICE")->label, "facture de la structure inclusive");
        assert_null(control_document(rules, "TAROT"));
        assert_null(control_rate(rules, "LIVRE"));
}

static void test_a_rate_has_its_days(void **state)
{
        static const struct {
                struct civil day;
                int64_t cents;
        } rows[] = {{{2020, 1, 1}, 1165},   {{2024, 10, 31}, 1165}, {{2024, 11, 1}, 1188},
                    {{2025, 12, 31}, 1188}, {{2026, 1, 1}, 1202},   {{2030, 1, 1}, 1202}};
        (void)state;
        const Contracts__ReferenceRate *smic = control_rate(rules, "SMIC_HORAIRE");
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_int_equal(control_rate_on(smic, day_of_civil(rows[i].day))->per_hour->cents, rows[i].cents);
}

#define BREAKS(FIELD, VALUE)                                                                                           \
        do {                                                                                                           \
                __typeof__(FIELD) kept_ = FIELD;                                                                       \
                FIELD = (VALUE);                                                                                       \
                assert_true(check() != 0);                                                                             \
                FIELD = kept_;                                                                                         \
                assert_int_equal(check(), 0);                                                                          \
        } while (0)

static void test_what_the_daemon_does_not_start_with(void **state)
{
        (void)state;
        BREAKS(rules->contradictory, NULL);
        BREAKS(rules->contradictory->days_min, 0u);
        BREAKS(rules->contradictory->days_min, 30u); /* models that leave fifteen */
        BREAKS(rules->reminders, NULL);
        BREAKS(rules->reminders->offset_days[2], 1);
        BREAKS(rules->reminders->n_offset_days, 1u); /* only before the date */
        BREAKS(rules->light, NULL);
        BREAKS(rules->light->orange->millionths, 900000u);
        BREAKS(rules->light->quiet, NULL);
        BREAKS(rules->holidays, NULL);
        BREAKS(rules->n_models, 0u);
        BREAKS(rules->models[0]->plan, NULL);
        BREAKS(rules->models[0]->plan->due_day, 31u);
        BREAKS(rules->models[1]->plan->missing_hours->rate, (char *)"LIVRE");
        BREAKS(rules->models[0]->plan->documents[1], (char *)"TAROT");
        BREAKS(rules->rates[0]->n_values, 0u);
        BREAKS(rules->rates[0]->values[1]->from->days, 0);
        BREAKS(rules->rates[0]->values[1]->per_hour, NULL);
        BREAKS(rules->documents[0]->label, (char *)"");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_file),
                cmocka_unit_test(test_a_rate_has_its_days),
                cmocka_unit_test(test_what_the_daemon_does_not_start_with),
        };
        return cmocka_run_group_tests(tests, load, drop);
}
