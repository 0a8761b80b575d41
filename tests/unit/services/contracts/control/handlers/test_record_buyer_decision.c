/* RecordBuyerDecision: a copy of the buyer's document, which the buyer may put right. */
#include "tests/unit/services/contracts/control/steps.h"

#define APPLY CONTRACTS__BUYER_CHOICE__CHOICE_APPLY
#define WAIVE CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE

static Types__Id *proposed(struct fixture *f)
{
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)to_proposal(f, case_id);
        return case_id;
}

static const Types__Refusal *refused(struct fixture *f, const Contracts__RecordBuyerDecision *command)
{
        return fixture_refused(f, facilitator(f), "RecordBuyerDecision", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_a_copy_says_what_it_is(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = proposed(f);
        (void)fixture_get(f, facilitator(f), "RecordBuyerDecision", copy_of(f, decision_on(f, case_id, APPLY)));
        const Contracts__ControlCase *record = see_case(f, case_id);
        assert_true(record->decision->recorded_for_buyer);
        assert_string_equal(record->decision->reference, "Courrier 2026-204");
        assert_string_equal(record->decision_signatory, "Le maire");
        assert_int_equal(record->decision->amount->cents, 120000);
}

static void test_what_a_copy_needs(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = proposed(f);
        Contracts__RecordBuyerDecision *command = copy_of(f, decision_on(f, case_id, APPLY));
        command->decision->reference = arena_text(&f->arena, "");
        assert_string_equal(refused(f, command)->field, "reference");
        command = copy_of(f, decision_on(f, case_id, APPLY));
        command->signatory = arena_text(&f->arena, "");
        assert_string_equal(refused(f, command)->field, "signatory");
        command = copy_of(f, decision_on(f, case_id, APPLY));
        command->decided_on = NULL;
        assert_string_equal(refused(f, command)->field, "decidedOn");
        command->decided_on = a_day(f, 2026, 11, 1); /* before the proposal */
        assert_string_equal(refused(f, command)->field, "decidedOn");
        command->decision = NULL;
        assert_string_equal(refused(f, command)->field, "decision");
}

static void test_the_buyer_puts_it_right(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = proposed(f);
        (void)fixture_get(f, facilitator(f), "RecordBuyerDecision", copy_of(f, decision_on(f, case_id, APPLY)));
        (void)fixture_refused(f, facilitator(f), "RecordBuyerDecision", copy_of(f, decision_on(f, case_id, WAIVE)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, buyer(f), "DecideCase", decision_on(f, case_id, WAIVE));
        assert_int_equal(see_case(f, case_id)->decision->amount->cents, 0);
        assert_false(see_case(f, case_id)->decision->recorded_for_buyer);
        (void)fixture_refused(f, buyer(f), "DecideCase", decision_on(f, case_id, APPLY),
                              TYPES__REFUSAL_CODE__WRONG_STATE); /* once is enough */
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordBuyerDecision *command = copy_of(f, decision_on(f, proposed(f), APPLY));
        (void)fixture_refused(f, buyer(f), "RecordBuyerDecision", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, stranger(f), "RecordBuyerDecision", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, contractor(f), "RecordBuyerDecision", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_copy_says_what_it_is, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_a_copy_needs, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_buyer_puts_it_right, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
