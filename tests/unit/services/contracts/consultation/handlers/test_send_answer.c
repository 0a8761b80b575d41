/* SendAnswer: to the buyer, once drafted. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_to_the_buyer(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *question = a_question(f, contract);
        (void)fixture_refused(f, facilitator(f), "SendAnswer", sending_of(f, question),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, facilitator(f), "DraftAnswer", draft_of(f, question));
        assert_string_equal(see_consultation(f, the_buyer(f), contract)->questions[0]->answer, "");
        (void)fixture_refused(f, the_buyer(f), "SendAnswer", sending_of(f, question), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, facilitator(f), "SendAnswer", sending_of(f, question));
        const Contracts__QuestionView *view = see_consultation(f, the_buyer(f), contract)->questions[0];
        assert_int_equal(view->state, CONTRACTS__QUESTION_STATE__ANSWER_WITH_BUYER);
        assert_string_equal(view->answer, "Oui, si la personne est éligible à l'embauche.");
        assert_int_equal(view->answer_state, CONTRACTS__DEADLINE_STATE__DEADLINE_KEPT);
        assert_int_equal(read_answers(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), contract)->n_answers, 0);
        (void)fixture_refused(f, facilitator(f), "SendAnswer", sending_of(f, question),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_to_the_buyer, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
