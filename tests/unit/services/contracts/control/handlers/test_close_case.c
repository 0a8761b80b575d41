/* CloseCase: each outcome is checked; between the notice and the decision it is the buyer's. */
#include "tests/unit/services/contracts/control/steps.h"

#define GOOD    CONTRACTS__CASE_OUTCOME__MADE_GOOD
#define SETTLED CONTRACTS__CASE_OUTCOME__SETTLED
#define MISTAKE CONTRACTS__CASE_OUTCOME__OPENED_BY_MISTAKE

static const Types__Refusal *refused(struct fixture *f, const Wire__Passport *actor,
                                     const Contracts__CloseCase *command, Types__RefusalCode code)
{
        return fixture_refused(f, actor, "CloseCase", command, code);
}

static void test_made_good_is_checked(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *end = a_day(f, 2026, 9, 30);
        Types__Id *case_id = open_case(f, c.obligation, LATE, end);
        (void)refused(f, facilitator(f), closing_of(f, case_id, GOOD), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)receive(f, c.obligation, end, "HOURS_STATEMENT"); /* not late any more, but a document is missing */
        (void)refused(f, facilitator(f), closing_of(f, case_id, GOOD), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)receive(f, c.obligation, end, "WORK_CONTRACT");
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, GOOD));
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__CASE_CLOSED);
        (void)refused(f, facilitator(f), closing_of(f, case_id, GOOD), TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_progress_that_was_caught_up(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        (void)refused(f, facilitator(f), closing_of(f, case_id, GOOD), TYPES__REFUSAL_CODE__WRONG_STATE);
        hours_validated(f, 1, c.obligation, 1, 60000);
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, GOOD));
}

static void test_between_notice_and_decision_it_is_the_buyer_s(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        to_notice(f, case_id);
        hours_validated(f, 1, c.obligation, 1, 83300);
        (void)refused(f, facilitator(f), closing_of(f, case_id, GOOD), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)refused(f, buyer(f), closing_of(f, case_id, SETTLED), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, buyer(f), "CloseCase", closing_of(f, case_id, GOOD));
}

static void test_settled_by_a_decision(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)to_proposal(f, case_id);
        (void)fixture_get(f, buyer(f), "DecideCase", decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_APPLY));
        Contracts__CloseCase *mistake = closing_of(f, case_id, MISTAKE);
        mistake->reason = arena_text(&f->arena, "On efface");
        (void)refused(f, facilitator(f), mistake, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, SETTLED));
        assert_int_equal(see_case(f, case_id)->decision->amount->cents, 120000); /* closing forgives nothing */
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        assert_string_equal(
                refused(f, facilitator(f), closing_of(f, case_id, 0), TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "outcome");
        assert_string_equal(
                refused(f, facilitator(f), closing_of(f, case_id, MISTAKE), TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "reason");
        (void)refused(f, stranger(f), closing_of(f, case_id, MISTAKE), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, contractor(f), closing_of(f, case_id, MISTAKE), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_made_good_is_checked, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_progress_that_was_caught_up, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_between_notice_and_decision_it_is_the_buyer_s, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_settled_by_a_decision, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
