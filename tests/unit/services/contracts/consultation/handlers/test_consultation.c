/* Consultation: who sees what of the register. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_who_sees_what(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *question = a_question(f, contract);
        (void)fixture_get(f, facilitator(f), "DraftAnswer", draft_of(f, question));
        const struct {
                const Wire__Passport *actor;
                bool asker, contact, drafted, sent, published;
        } cases[] = {
                {facilitator(f), true, true, true, true, true},
                {coordinator(f), true, true, true, true, true},
                {the_buyer(f), false, true, false, true, true},
                {fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), false, false, false, false, true},
                {fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), false, false, false, false, true},
        };
        for (int step = 0; step < 3; step++) {
                for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                        const Contracts__ConsultationView *view = see_consultation(f, cases[i].actor, contract);
                        const Contracts__QuestionView *one = view->questions[0];
                        bool sees = step == 0 ? cases[i].drafted : step == 1 ? cases[i].sent : cases[i].published;
                        assert_int_equal(one->asker_name[0] != '\0', cases[i].asker);
                        assert_int_equal(one->asker_siret[0] != '\0', cases[i].asker);
                        assert_int_equal(one->text[0] != '\0', cases[i].asker);
                        assert_int_equal(view->buyer_contact[0] != '\0', cases[i].contact);
                        assert_int_equal(one->answer[0] != '\0', sees);
                        assert_int_equal(one->wording[0] != '\0', sees);
                }
                if (step == 0)
                        (void)fixture_get(f, facilitator(f), "SendAnswer", sending_of(f, question));
                if (step == 1)
                        (void)fixture_get(f, the_buyer(f), "PublishAnswer", publication_of(f, question));
        }
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Contracts__ConsultationRequest query = CONTRACTS__CONSULTATION_REQUEST__INIT;
        query.contract_id = a_contract(f);
        (void)fixture_refused(f, facilitator(f), "Consultation", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.contract_id = contract;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "Consultation", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "Consultation", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_sees_what, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
