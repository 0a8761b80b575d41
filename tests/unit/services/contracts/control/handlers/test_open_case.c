/* OpenCase: each ground is checked against what is known, not believed. */
#include "tests/unit/services/contracts/control/steps.h"

static const Types__Refusal *refused(struct fixture *f, const Contracts__OpenCase *command, Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "OpenCase", command, code);
}

static void test_a_late_statement(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *end = a_day(f, 2026, 9, 30);
        today_is(f, 2026, 10, 15);
        assert_non_null(
                strstr(refused(f, opening_of(f, c.obligation, LATE, end), TYPES__REFUSAL_CODE__WRONG_STATE)->text,
                       "2026-10-15"));
        today_is(f, 2026, 10, 16);
        (void)refused(f, opening_of(f, c.obligation, MISSING, end), TYPES__REFUSAL_CODE__WRONG_STATE);
        Types__Id *case_id = open_case(f, c.obligation, LATE, end);
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__CASE_OPEN);
        (void)refused(f, opening_of(f, c.obligation, LATE, end), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        (void)open_case(f, c.obligation, LATE, a_day(f, 2026, 6, 30)); /* another period */
}

static void test_a_missing_document(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *end = a_day(f, 2026, 9, 30);
        (void)receive(f, c.obligation, end, "HOURS_STATEMENT");
        (void)refused(f, opening_of(f, c.obligation, LATE, end), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)open_case(f, c.obligation, MISSING, end);
        Types__Day *june = a_day(f, 2026, 6, 30);
        (void)receive(f, c.obligation, june, "HOURS_STATEMENT WORK_CONTRACT");
        (void)refused(f, opening_of(f, c.obligation, MISSING, june), TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_insufficient_progress(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        today_is(f, 2026, 3, 20); /* too early to tell */
        (void)refused(f, opening_of(f, c.obligation, SLOW, NULL), TYPES__REFUSAL_CODE__WRONG_STATE);
        today_is(f, 2026, 10, 18);
        (void)refused(f, opening_of(f, c.obligation, NOT_DONE, NULL), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)refused(f, opening_of(f, c.obligation, SLOW, a_day(f, 2026, 9, 30)), TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)open_case(f, c.obligation, SLOW, NULL);
        today_is(f, 2027, 3, 2); /* one case about hours at a time */
        (void)refused(f, opening_of(f, c.obligation, NOT_DONE, NULL), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

static void test_hours_not_done_at_the_end(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        today_is(f, 2027, 3, 2);
        (void)refused(f, opening_of(f, c.obligation, SLOW, NULL), TYPES__REFUSAL_CODE__WRONG_STATE);
        hours_validated(f, 1, c.obligation, 1, 83300);
        (void)refused(f, opening_of(f, c.obligation, NOT_DONE, NULL), TYPES__REFUSAL_CODE__WRONG_STATE);
        hours_validated(f, 2, c.obligation, 1, 83200);
        (void)open_case(f, c.obligation, NOT_DONE, NULL);
}

static void test_days_from_the_due_date_are_counted_once(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__PutControlPlan *plan = plan_on(f, c.clause, "");
        plan->plan->lateness_from = CONTRACTS__LATENESS_START__FROM_DUE_DATE;
        (void)put_plan(f, plan);
        the_buyer_is_known(f);
        Types__Day *end = a_day(f, 2026, 9, 30);
        Types__Id *case_id = open_case(f, c.obligation, LATE, end);
        (void)to_proposal(f, case_id);
        (void)fixture_get(f, buyer(f), "DecideCase", decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_APPLY));
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__SETTLED));
        (void)refused(f, opening_of(f, c.obligation, LATE, end), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__OpenCase *command = opening_of(f, c.obligation, 0, NULL);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "ground");
        command = opening_of(f, c.obligation, LATE, NULL);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "periodEnd");
        command = opening_of(f, id_to(&f->arena, id_numbered(9)), LATE, NULL);
        (void)refused(f, command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = opening_of(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)fixture_refused(f, stranger(f), "OpenCase", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        the_buyer_is_known(f);
        (void)fixture_refused(f, buyer(f), "OpenCase", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_late_statement, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_missing_document, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_insufficient_progress, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_not_done_at_the_end, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_days_from_the_due_date_are_counted_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
