/* What a plan must be, field by field; what it does not say is the model's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/dated.h"
#include "common/codec/types.h"
#include "services/contracts/control/plan.h"
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

static void test_a_concession_reports_every_year(void **state)
{
        static const struct {
                Contracts__ContractKind kind;
                const char *notified_on;
                Contracts__YearlyReport asked;
                bool granted, wanted;
        } rows[] = {
                {CONTRACTS__CONTRACT_KIND__CONCESSION, "2026-09-01", CONTRACTS__YEARLY_REPORT__REPORT_BY_RULE, true,
                 true},
                {CONTRACTS__CONTRACT_KIND__CONCESSION, "", CONTRACTS__YEARLY_REPORT__REPORT_BY_RULE, true, true},
                {CONTRACTS__CONTRACT_KIND__CONCESSION, "2026-08-21", CONTRACTS__YEARLY_REPORT__REPORT_BY_RULE, true,
                 false},
                {CONTRACTS__CONTRACT_KIND__CONCESSION, "2026-08-21", CONTRACTS__YEARLY_REPORT__REPORT_WANTED, true,
                 true},
                {CONTRACTS__CONTRACT_KIND__CONCESSION, "2026-09-01", CONTRACTS__YEARLY_REPORT__REPORT_NOT_WANTED, true,
                 false},
                {CONTRACTS__CONTRACT_KIND__MARKET, "2026-09-01", CONTRACTS__YEARLY_REPORT__REPORT_BY_RULE, true, false},
                {CONTRACTS__CONTRACT_KIND__MARKET, "2026-09-01", CONTRACTS__YEARLY_REPORT__REPORT_WANTED, false, false},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__ControlPlan plan = CONTRACTS__CONTROL_PLAN__INIT;
                Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
                struct refusal refusal = {0};
                struct day day;
                record.kind = rows[i].kind;
                if (day_parse(rows[i].notified_on, &day) == 0)
                        record.notified_on = day_to(&arena, day);
                plan.yearly_report = rows[i].asked;
                assert_int_equal(plan_set_report(&plan, rules, &record, &refusal), rows[i].granted);
                assert_int_equal(plan.report_terms != NULL, rows[i].wanted);
        }
}

static void test_the_rest_is_the_model_s(void **state)
{
        Contracts__ControlPlan asked = CONTRACTS__CONTROL_PLAN__INIT;
        (void)state;
        asked.due_day = 5;
        asked.cap = money_to(&arena, money_of_cents(100000));
        Contracts__ControlPlan *plan = plan_complete(&asked, control_model(rules, "mensuel")->plan, &arena);
        assert_int_equal(plan->due_day, 5);
        assert_int_equal(plan->cap->cents, 100000);
        assert_int_equal(plan->frequency, CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH);
        assert_int_equal(plan->answer_working_days, 5);
        assert_int_equal(plan->per_day_late->cents, 5000);
        assert_string_equal(plan->missing_hours->rate, "SMIC_HORAIRE");
        plan = plan_complete(NULL, control_model(rules, "formation")->plan, &arena);
        assert_null(plan->per_day_late);
        assert_int_equal(plan->n_documents, 2);
}

static Contracts__ControlPlan *plan;
static Contracts__HoursPenalty *hours;

static void begin(void)
{
        plan = plan_complete(NULL, control_model(rules, "trimestriel")->plan, &arena);
        hours = arena_copy(&arena, plan->missing_hours, sizeof(*hours));
        plan->missing_hours = hours;
}

static void refused_for(const char *field)
{
        struct refusal refusal;
        assert_false(plan_check(plan, rules, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
}

static void test_fields(void **state)
{
        static char *twice[] = {(char *)"FORECAST", (char *)"FORECAST"};
        struct refusal refusal;
        (void)state;
        begin();
        assert_true(plan_check(plan, rules, &refusal));
        begin(), plan->frequency = 0, refused_for("plan.frequency");
        begin(), plan->due_day = 0, refused_for("plan.dueDay");
        begin(), plan->due_day = 29, refused_for("plan.dueDay");
        begin(), plan->answer_working_days = 61, refused_for("plan.answerWorkingDays");
        begin(), plan->contradictory_days = 14, refused_for("plan.contradictoryDays");
        begin(), plan->contradictory_days = 91, refused_for("plan.contradictoryDays");
        begin(), plan->n_documents = 0, refused_for("plan.documents");
        begin(), plan->documents = twice, refused_for("plan.documents");
        begin(), plan->per_day_late = money_to(&arena, money_of_cents(-1)), refused_for("plan.perDayLate");
        begin(), plan->per_day_late = money_to(&arena, money_of_cents(1000001)), refused_for("plan.perDayLate");
        begin(), plan->lateness_from = 0, refused_for("plan.latenessFrom");
        begin(), plan->cap = money_to(&arena, money_of_cents(-1)), refused_for("plan.cap");
        begin(), plan->starts_on = plan->ends_on = day_to(&arena, day_of_number(1)), refused_for("plan.endsOn");
}

static void test_the_price_of_an_hour(void **state)
{
        (void)state;
        begin(), hours->per_hour = NULL, refused_for("plan.missingHours");
        begin(), hours->multiple = decimal_to(&arena, decimal_of_millionths(1)), refused_for("plan.missingHours");
        begin(), hours->per_hour = money_to(&arena, money_of_cents(0)), refused_for("plan.missingHours.perHour");
        begin(), hours->per_hour = money_to(&arena, money_of_cents(100001));
        refused_for("plan.missingHours.perHour");
        begin(), hours->per_hour = NULL, hours->multiple = decimal_to(&arena, decimal_of_millionths(0));
        refused_for("plan.missingHours.multiple");
        begin(), hours->per_hour = NULL, hours->multiple = decimal_to(&arena, decimal_of_millionths(2000000));
        refused_for("plan.missingHours.rate");
        struct refusal refusal;
        hours->rate = (char *)"SMIC_HORAIRE";
        assert_true(plan_check(plan, rules, &refusal));
        plan->missing_hours = NULL;
        plan->per_day_late = NULL;
        assert_true(plan_check(plan, rules, &refusal)); /* a clause without penalties is a clause */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_rest_is_the_model_s),
                cmocka_unit_test(test_a_concession_reports_every_year),
                cmocka_unit_test(test_fields),
                cmocka_unit_test(test_the_price_of_an_hour),
        };
        return cmocka_run_group_tests(tests, load, drop);
}
