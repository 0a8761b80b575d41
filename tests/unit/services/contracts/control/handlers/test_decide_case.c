/* DecideCase: the buyer's, and nobody else's. */
#include "tests/unit/services/contracts/control/steps.h"

#define APPLY    CONTRACTS__BUYER_CHOICE__CHOICE_APPLY
#define REDUCE   CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE
#define WAIVE    CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE
#define CATCH_UP CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP

/* A late statement, proposed at 1,200 €. */
static Types__Id *proposed(struct fixture *f)
{
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)to_proposal(f, case_id);
        return case_id;
}

static int64_t decide(struct fixture *f, const Contracts__DecideCase *command)
{
        const Contracts__DecideCaseReply *reply = fixture_get(f, buyer(f), "DecideCase", command);
        return reply->amount->cents;
}

static void test_apply(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = proposed(f);
        assert_int_equal(decide(f, decision_on(f, case_id, APPLY)), 120000);
        const Contracts__ControlCase *record = see_case(f, case_id);
        assert_int_equal(record->step, CONTRACTS__CASE_STEP__BUYER_DECIDED);
        assert_false(record->decision->recorded_for_buyer);
        (void)fixture_refused(f, buyer(f), "DecideCase", decision_on(f, case_id, WAIVE),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_reduce_and_waive(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = proposed(f);
        Contracts__DecideCase *decision = decision_on(f, case_id, REDUCE);
        decision->amount = euros(f, 1200);
        assert_string_equal(
                fixture_refused(f, buyer(f), "DecideCase", decision, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "amount");
        decision->amount = euros(f, 300);
        decision->reasons = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, buyer(f), "DecideCase", decision, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "reasons");
        decision->reasons = arena_text(&f->arena, "Première fois");
        assert_int_equal(decide(f, decision), 30000);
}

static void test_a_plan_leads_back_to_a_proposal(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = proposed(f);
        Contracts__DecideCase *decision = decision_on(f, case_id, CATCH_UP);
        Contracts__ProposePenalty *again = proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL);
        decision->catch_up_until = day_to(&f->arena, day_of_number(this_day(f)->days + 30));
        assert_int_equal(decide(f, decision), 0);
        assert_int_equal(see_case(f, case_id)->step, CONTRACTS__CASE_STEP__CATCHING_UP);
        days_pass(f, 30);
        (void)fixture_refused(f, facilitator(f), "ProposePenalty", again, TYPES__REFUSAL_CODE__WRONG_STATE);
        days_pass(f, 1);
        (void)fixture_get(f, facilitator(f), "ProposePenalty", again);
        assert_int_equal(decide(f, decision_on(f, case_id, WAIVE)), 0);
}

static void test_the_cap_holds_at_the_decision_too(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Contracts__PutControlPlan *plan = plan_on(f, c.clause, "");
        plan->plan->cap = euros(f, 2000);
        (void)put_plan(f, plan);
        Types__Id *first = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)to_proposal(f, first);
        Types__Id *second = open_case(f, c.obligation, LATE, a_day(f, 2026, 6, 30));
        (void)to_proposal(f, second);
        assert_int_equal(decide(f, decision_on(f, first, APPLY)), 120000);
        assert_int_equal(decide(f, decision_on(f, second, APPLY)), 80000);
}

static void test_nobody_else(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = proposed(f);
        Contracts__DecideCase *decision = decision_on(f, case_id, APPLY);
        directory_tells(f, 2, OTHER, "21340172201787"); /* another town */
        const Wire__Passport *others[] = {facilitator(f), coordinator(f), stranger(f), contractor(f),
                                          of_organisation(f, TYPES__ROLE__BUYER, OTHER)};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(f, others[i], "DecideCase", decision,
                                      others[i]->role == TYPES__ROLE__BUYER ? TYPES__REFUSAL_CODE__NOT_FOUND
                                                                            : TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_not_before_the_proposal(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        to_notice(f, case_id);
        days_pass(f, 30);
        const Types__Refusal *refusal = fixture_refused(f, buyer(f), "DecideCase", decision_on(f, case_id, WAIVE),
                                                        TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "ProposePenalty"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_apply, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_reduce_and_waive, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_plan_leads_back_to_a_proposal, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_cap_holds_at_the_decision_too, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobody_else, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_before_the_proposal, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
