/* CloseReferral: answered, or given up; once. */
#include "tests/unit/services/contracts/referrals/referral_fixture.h"

static void test_answered(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *referral = refer(f, a_matter(f, contract));
        const Contracts__CloseReferralReply *reply =
                fixture_get(f, facilitator(f), "CloseReferral", an_answer(f, referral));
        assert_true(id_equal(id_of(reply->contract_id), id_of(contract)));
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_int_equal(facts->referrals[0]->outcome, CONTRACTS__REFERRAL_OUTCOME__REFERRAL_ANSWERED);
        assert_int_equal(facts->referrals[0]->closed_on->days, a_day(f, 2026, 9, 20)->days);
        assert_false(facts->referrals[0]->late);
        assert_int_equal(facts->n_calendar, 0);
        assert_non_null(strstr(facts->history[0]->text, "Réponse reçue le 20 septembre 2026"));
        (void)fixture_refused(f, facilitator(f), "CloseReferral", an_answer(f, referral),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_given_up(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__CloseReferral *command = an_answer(f, refer(f, a_matter(f, contract)));
        command->outcome = CONTRACTS__REFERRAL_OUTCOME__REFERRAL_WITHOUT_ANSWER;
        (void)fixture_get(f, facilitator(f), "CloseReferral", command);
        assert_non_null(strstr(see_facts(f, coordinator(f), contract)->history[0]->text, "close sans réponse"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__CloseReferral *command = an_answer(f, refer(f, a_matter(f, a_contract(f))));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "CloseReferral", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->closed_on = NULL;
        (void)fixture_refused(f, facilitator(f), "CloseReferral", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = an_answer(f, id_to(&f->arena, id_numbered(3)));
        (void)fixture_refused(f, facilitator(f), "CloseReferral", command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_answered, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_given_up, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
