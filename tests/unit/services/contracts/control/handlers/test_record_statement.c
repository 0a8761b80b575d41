/* RecordStatement: documents add up; what is missing is told; what came already records nothing. */
#include "tests/unit/services/contracts/control/steps.h"

static void test_documents_add_up(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *end = a_day(f, 2026, 9, 30);
        const Contracts__RecordStatementReply *reply = receive(f, c.obligation, end, "WORK_CONTRACT");
        assert_int_equal(reply->n_missing, 1);
        assert_string_equal(reply->missing[0], "HOURS_STATEMENT");
        uint64_t before = engine_position(f->engine);
        assert_int_equal(receive(f, c.obligation, end, "WORK_CONTRACT")->n_missing, 1);
        assert_int_equal(engine_position(f->engine), before);
        assert_int_equal(receive(f, c.obligation, end, "WORK_CONTRACT HOURS_STATEMENT")->n_missing, 0);
        assert_int_equal(engine_position(f->engine), before + 1);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *end = a_day(f, 2026, 9, 30);
        const struct {
                const char *field;
                Contracts__RecordStatement *command;
        } rows[] = {
                {"documents", statement(f, c.obligation, end, "")},
                {"documents", statement(f, c.obligation, end, "SIAE_INVOICE")},
                {"periodEnd", statement(f, c.obligation, a_day(f, 2026, 9, 29), "HOURS_STATEMENT")},
                {"periodEnd", statement(f, c.obligation, NULL, "HOURS_STATEMENT")},
                {"periodEnd", statement(f, c.obligation, a_day(f, 2028, 9, 30), "HOURS_STATEMENT")},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_string_equal(fixture_refused(f, facilitator(f), "RecordStatement", rows[i].command,
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    rows[i].field);
        Contracts__RecordStatement *command = statement(f, c.obligation, end, "HOURS_STATEMENT");
        command->received_on = a_day(f, 2026, 10, 19); /* tomorrow */
        (void)fixture_refused(f, facilitator(f), "RecordStatement", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->received_on = a_day(f, 2026, 6, 30); /* before the period begins */
        (void)fixture_refused(f, facilitator(f), "RecordStatement", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->received_on = this_day(f);
        (void)fixture_refused(f, stranger(f), "RecordStatement", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, contractor(f), "RecordStatement", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_a_clause_without_a_plan(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordStatement *command = statement(f, an_obligation(f), a_day(f, 2026, 9, 30), "HOURS_STATEMENT");
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "RecordStatement", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "PutControlPlan"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_documents_add_up, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_without_a_plan, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
