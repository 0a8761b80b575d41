/* EndContract: from that day on, hours that are missing are hours not done. */
#include "tests/unit/services/contracts/control/relief.h"

#define COMPLETED  CONTRACTS__CONTRACT_END_KIND__END_COMPLETED
#define TERMINATED CONTRACTS__CONTRACT_END_KIND__END_TERMINATED

static void test_ended_before_its_term(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__EndContract *command = end_of(f, c.contract, TERMINATED);
        command->ended_on = a_day(f, 2026, 10, 1);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "EndContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "reason");
        command->reason = arena_text(&f->arena, "Défaillance du titulaire");
        (void)fixture_get(f, facilitator(f), "EndContract", command);
        const Contracts__ControlView *view = control_of_contract(f, c.contract);
        assert_int_equal(view->progress->ends_on->days, a_day(f, 2026, 10, 1)->days);
        assert_int_equal(view->progress->light, CONTRACTS__PROGRESS_LIGHT__LIGHT_RED);
        assert_int_equal(facts_of(f, coordinator(f), c.contract)->file->stage, CONTRACTS__CONTRACT_STAGE__ENDED);
        (void)open_case(f, c.obligation, NOT_DONE, NULL);
        (void)fixture_refused(f, facilitator(f), "EndContract", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), c.contract);
        assert_string_equal(history->lines[history->n_lines - 2]->text,
                            "Contrat résilié le 1er octobre 2026 : Défaillance du titulaire");
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__EndContract *command = end_of(f, c.contract, 0);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "EndContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "kind");
        command = end_of(f, c.contract, COMPLETED);
        command->ended_on = a_day(f, 2026, 10, 19);
        (void)fixture_refused(f, facilitator(f), "EndContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->ended_on = a_day(f, 2026, 3, 1); /* before it was notified */
        (void)fixture_refused(f, facilitator(f), "EndContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = end_of(f, c.contract, COMPLETED);
        (void)fixture_refused(f, stranger(f), "EndContract", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, contractor(f), "EndContract", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, facilitator(f), "EndContract", command);
}

/* A contract that is not renewed: the hours of the days that were lived stay. */
static void test_hours_of_the_years_that_will_not_come(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__EndContract *command = end_of(f, c.contract, CONTRACTS__CONTRACT_END_KIND__END_NOT_RENEWED);
        command->ended_on = a_day(f, 2026, 8, 31); /* 183 days of 365 */
        const Contracts__EndContractReply *reply = fixture_get(f, facilitator(f), "EndContract", command);
        assert_int_equal(reply->n_postings, 1);
        assert_int_equal(see_obligation(f, c.obligation)->due->hundredths, 83300 * 183 / 365);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_ended_before_its_term, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_of_the_years_that_will_not_come, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
