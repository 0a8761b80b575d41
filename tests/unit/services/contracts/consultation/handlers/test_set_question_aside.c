/* SetQuestionAside: no answer, and nothing waits any more. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_aside(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Contracts__SetQuestionAside command = CONTRACTS__SET_QUESTION_ASIDE__INIT;
        command.question_id = a_question(f, contract);
        (void)fixture_refused(f, facilitator(f), "SetQuestionAside", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command.reason = arena_text(&f->arena, "Étrangère au volet social");
        (void)fixture_refused(f, the_buyer(f), "SetQuestionAside", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, facilitator(f), "SetQuestionAside", &command);
        const Contracts__ConsultationView *view = see_consultation(f, facilitator(f), contract);
        assert_int_equal(view->pending, 0);
        assert_string_equal(view->questions[0]->set_aside_for, "Étrangère au volet social");
        assert_string_equal(see_consultation(f, the_buyer(f), contract)->questions[0]->set_aside_for, "");
        (void)fixture_refused(f, facilitator(f), "SetQuestionAside", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "DraftAnswer", draft_of(f, command.question_id),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_aside, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
