/* PutControlPlan: a model and what is said otherwise; the same put again; not under an open case. */
#include "tests/unit/services/contracts/control/steps.h"

static const Types__Refusal *refused(struct fixture *f, const Contracts__PutControlPlan *command,
                                     Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "PutControlPlan", command, code);
}

static void test_a_model_and_what_is_said_otherwise(void **state)
{
        struct fixture *f = *state;
        Contracts__PutControlPlan *command = plan_on(f, a_clause(f), "mensuel");
        command->plan->due_day = 20;
        const Contracts__PutControlPlanReply *reply = put_plan(f, command);
        assert_int_equal(reply->plan->due_day, 20);
        assert_int_equal(reply->plan->frequency, CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH);
        assert_string_equal(reply->plan->missing_hours->rate, "SMIC_HORAIRE");
        assert_string_equal(reply->rules_version, "control-2024-1");
}

static void test_the_same_again_records_nothing(void **state)
{
        struct fixture *f = *state;
        Types__Id *clause = a_clause(f);
        (void)put_plan(f, plan_on(f, clause, ""));
        uint64_t before = engine_position(f->engine);
        (void)put_plan(f, plan_on(f, clause, "trimestriel")); /* the first model by its name */
        assert_int_equal(engine_position(f->engine), before);
        (void)put_plan(f, plan_on(f, clause, "mensuel"));
        assert_int_equal(engine_position(f->engine), before + 1);
}

static void test_not_under_an_open_case(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 6, 30));
        (void)put_plan(f, plan_on(f, c.clause, "")); /* says the same */
        assert_string_equal(refused(f, plan_on(f, c.clause, "mensuel"), TYPES__REFUSAL_CODE__WRONG_STATE)->field,
                            "clauseId");
        Contracts__CloseCase *closing = closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__OPENED_BY_MISTAKE);
        closing->reason = arena_text(&f->arena, "Mauvaise période");
        (void)fixture_get(f, facilitator(f), "CloseCase", closing);
        (void)put_plan(f, plan_on(f, c.clause, "mensuel"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *clause = a_clause(f);
        Contracts__PutControlPlan *command = plan_on(f, id_to(&f->arena, id_numbered(7)), "");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__NOT_FOUND)->field, "clauseId");
        command = plan_on(f, clause, "annuel");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "model");
        command = plan_on(f, clause, "");
        command->plan->due_day = 31;
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "plan.dueDay");
        (void)fixture_refused(f, stranger(f), "PutControlPlan", plan_on(f, clause, ""),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_model_and_what_is_said_otherwise, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_again_records_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_under_an_open_case, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
