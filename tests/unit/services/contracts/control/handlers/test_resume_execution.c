/* ResumeExecution: an open suspension ends the day before. */
#include "tests/unit/services/contracts/control/relief.h"

static void test_an_open_suspension_ends(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_refused(f, facilitator(f), "ResumeExecution", resumption_of(f, c.contract, this_day(f)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, contractor(f), "DeclareDifficulty", difficulty_of(f, c.obligation));
        Contracts__DecideRelief *command = relief_of(f, c.obligation, SUSPEND);
        command->from = a_day(f, 2026, 10, 1);
        command->whole_contract = true;
        (void)fixture_get(f, facilitator(f), "DecideRelief", command);
        assert_int_equal(control_of_contract(f, c.contract)->progress->suspended_days, 18);
        days_pass(f, 30);
        (void)fixture_refused(f, facilitator(f), "ResumeExecution", resumption_of(f, c.contract, a_day(f, 2026, 10, 1)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, facilitator(f), "ResumeExecution", resumption_of(f, c.contract, a_day(f, 2026, 10, 11)));
        assert_int_equal(control_of_contract(f, c.contract)->progress->suspended_days, 10);
        const Contracts__ContractFile *file = facts_of(f, coordinator(f), c.contract)->file;
        assert_int_equal(file->stage, CONTRACTS__CONTRACT_STAGE__IN_EXECUTION);
        assert_int_equal(file->suspensions[0]->to->days, a_day(f, 2026, 10, 10)->days);
}

/* Each resumption ends the suspension that it falls into, whichever was told first. */
static void test_told_in_any_order(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)fixture_get(f, contractor(f), "DeclareDifficulty", difficulty_of(f, c.obligation));
        Contracts__DecideRelief *command = relief_of(f, c.obligation, SUSPEND);
        command->whole_contract = true;
        command->from = a_day(f, 2026, 8, 1);
        (void)fixture_get(f, facilitator(f), "DecideRelief", command);
        (void)fixture_get(f, facilitator(f), "ResumeExecution", resumption_of(f, c.contract, a_day(f, 2026, 9, 1)));
        command->from = a_day(f, 2026, 6, 1); /* this paper comes last */
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "DecideRelief", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "au plus tard le 31 juillet 2026"));
        command->to = a_day(f, 2026, 6, 20);
        (void)fixture_get(f, facilitator(f), "DecideRelief", command);
        (void)fixture_get(f, facilitator(f), "ResumeExecution", resumption_of(f, c.contract, a_day(f, 2026, 6, 21)));
        const Contracts__ContractFile *file = facts_of(f, coordinator(f), c.contract)->file;
        assert_int_equal(file->suspensions[0]->to->days, a_day(f, 2026, 8, 31)->days);
        assert_int_equal(file->suspensions[1]->to->days, a_day(f, 2026, 6, 20)->days);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__ResumeExecution *command = resumption_of(f, c.contract, this_day(f));
        (void)fixture_refused(f, stranger(f), "ResumeExecution", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, contractor(f), "ResumeExecution", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->resumed_on = NULL;
        (void)fixture_refused(f, facilitator(f), "ResumeExecution", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_an_open_suspension_ends, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_told_in_any_order, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
