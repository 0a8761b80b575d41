/* ProposePenalty: after the contradictory period, with what the clause's formula gives; it binds nobody. */
#include "tests/unit/services/contracts/control/steps.h"

static const Types__Refusal *refused(struct fixture *f, const Contracts__ProposePenalty *command,
                                     Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "ProposePenalty", command, code);
}

#define FULL CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL

static void test_days_late_since_the_notice(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        const Contracts__PenaltyProposal *proposal = to_proposal(f, case_id);
        assert_int_equal(proposal->days_late, 16);
        assert_int_equal(proposal->computed->cents, 16 * 7500);
        assert_int_equal(proposal->amount->cents, 16 * 7500);
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__DECISION_PROPOSED);
        assert_null(see_case(f, case_id)->decision);
}

static void test_days_end_when_the_statement_is_complete(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Day *end = a_day(f, 2026, 9, 30);
        Types__Id *case_id = open_case(f, c.obligation, LATE, end);
        to_notice(f, case_id);
        days_pass(f, 4);
        (void)receive(f, c.obligation, end, "HOURS_STATEMENT WORK_CONTRACT");
        days_pass(f, 30);
        const Contracts__ProposePenaltyReply *reply =
                fixture_get(f, facilitator(f), "ProposePenalty", proposal_on(f, case_id, FULL));
        assert_int_equal(reply->proposal->computed->cents, 4 * 7500);
}

static void test_hours_at_the_end(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "formation");
        hours_validated(f, 1, c.obligation, 1, 73350);
        today_is(f, 2027, 3, 2);
        const Contracts__PenaltyProposal *proposal = to_proposal(f, open_case(f, c.obligation, NOT_DONE, NULL));
        assert_int_equal(proposal->missing_hours->hundredths, 9950);
        assert_int_equal(proposal->computed->cents, 1194000); /* 99.5 × 4 × 30 € */
}

static void test_not_before_the_period_is_over(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        assert_non_null(
                strstr(refused(f, proposal_on(f, case_id, FULL), TYPES__REFUSAL_CODE__WRONG_STATE)->text, "rappel"));
        to_notice(f, case_id);
        days_pass(f, 15);
        assert_non_null(strstr(refused(f, proposal_on(f, case_id, FULL), TYPES__REFUSAL_CODE__WRONG_STATE)->text,
                               "procédure contradictoire"));
        days_pass(f, 1);
        (void)fixture_get(f, facilitator(f), "ProposePenalty", proposal_on(f, case_id, FULL));
        days_pass(f, 1);
        const Contracts__ProposePenaltyReply *again =
                fixture_get(f, facilitator(f), "ProposePenalty", proposal_on(f, case_id, FULL));
        assert_int_equal(again->proposal->days_late, 17);
}

static void test_reduced_none_plan(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)to_proposal(f, case_id); /* 1,200 € */
        Contracts__ProposePenalty *command = proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_REDUCED);
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "amount");
        command->amount = euros(f, 1200);
        (void)refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->amount = euros(f, 1199);
        const Contracts__ProposePenaltyReply *reply = fixture_get(f, facilitator(f), "ProposePenalty", command);
        assert_int_equal(reply->proposal->amount->cents, 119900);
        assert_int_equal(reply->proposal->computed->cents, 120000);
        reply = fixture_get(f, facilitator(f), "ProposePenalty",
                            proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_NONE));
        assert_int_equal(reply->proposal->amount->cents, 0);
        assert_int_equal(reply->proposal->computed->cents, 120000);
}

static void test_a_clause_without_that_penalty(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL); /* its hours cost at the end only */
        to_notice(f, case_id);
        days_pass(f, 16);
        assert_non_null(strstr(refused(f, proposal_on(f, case_id, FULL), TYPES__REFUSAL_CODE__WRONG_STATE)->text,
                               "qu'à la fin du contrat"));
        const Contracts__ProposePenaltyReply *reply = fixture_get(
                f, facilitator(f), "ProposePenalty", proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_PLAN));
        assert_int_equal(reply->proposal->computed->cents, 0);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        to_notice(f, case_id);
        days_pass(f, 16);
        assert_string_equal(refused(f, proposal_on(f, case_id, 0), TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "kind");
        Contracts__ProposePenalty *command = proposal_on(f, case_id, FULL);
        command->reasons = arena_text(&f->arena, "");
        assert_string_equal(refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reasons");
        the_buyer_is_known(f);
        (void)fixture_refused(f, buyer(f), "ProposePenalty", proposal_on(f, case_id, FULL),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, stranger(f), "ProposePenalty", proposal_on(f, case_id, FULL),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_days_late_since_the_notice, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_days_end_when_the_statement_is_complete, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_at_the_end, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_before_the_period_is_over, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_reduced_none_plan, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_without_that_penalty, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
