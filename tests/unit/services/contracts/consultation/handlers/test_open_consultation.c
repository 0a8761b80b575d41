/* OpenConsultation: the stage, the last day for information, and what is refused. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_the_dates_follow(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract_of_ours(f);
        const Contracts__OpenConsultationReply *reply =
                fixture_get(f, facilitator(f), "OpenConsultation", opening_of(f, contract));
        assert_int_equal(reply->information_due_on->days, a_day(f, 2026, 11, 4)->days);
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_int_equal(facts->file->stage, CONTRACTS__CONTRACT_STAGE__IN_CONSULTATION);
        assert_int_equal(facts->consultation->information_state, CONTRACTS__DEADLINE_STATE__DEADLINE_COMING);
        assert_int_equal(facts->n_calendar, 2);
        assert_non_null(strstr(facts->calendar[0]->source, "R2132-6"));
        assert_non_null(strstr(facts->history[0]->text, "renseignements jusqu'au 4 novembre 2026"));
        assert_null(strstr(facts->history[0]->text, "Contact"));
        (void)fixture_refused(f, facilitator(f), "OpenConsultation", opening_of(f, contract),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

static void test_urgent(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenConsultation *command = opening_of(f, a_contract_of_ours(f));
        command->urgent = true;
        const Contracts__OpenConsultationReply *reply = fixture_get(f, facilitator(f), "OpenConsultation", command);
        assert_int_equal(reply->information_due_on->days, a_day(f, 2026, 11, 6)->days);
}

/* The price by itself is told as what the law of that day says, once and for all who read the consultation. */
static void test_the_price_alone(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract_of_ours(f);
        Contracts__OpenConsultation *command = opening_of(f, contract);
        command->price_only = true;
        const Contracts__OpenConsultationReply *reply = fixture_get(f, facilitator(f), "OpenConsultation", command);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "L2152-7"));
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_true(facts->consultation->price_only);
        assert_string_equal(facts->consultation->warnings[facts->consultation->n_warnings - 1], reply->warnings[0]);
        assert_non_null(strstr(facts->history[0]->text, "le prix pour seul critère"));
}

static void test_a_consultation_launched_before_is_not_told(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenConsultation *command = opening_of(f, a_contract_of_ours(f));
        command->price_only = true;
        command->published_on = a_day(f, 2026, 8, 21);
        const Contracts__OpenConsultationReply *reply = fixture_get(f, facilitator(f), "OpenConsultation", command);
        assert_int_equal(reply->n_warnings, 0);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract_of_ours(f);
        Contracts__OpenConsultation *command = opening_of(f, a_contract(f)); /* published, hence awarded */
        (void)fixture_refused(f, facilitator(f), "OpenConsultation", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command = opening_of(f, contract);
        command->offers_due_on = NULL;
        (void)fixture_refused(f, facilitator(f), "OpenConsultation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "OpenConsultation",
                              opening_of(f, contract), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Contracts__RecordAssociation without = CONTRACTS__RECORD_ASSOCIATION__INIT;
        without.contract_id = contract;
        without.association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        (void)fixture_get(f, facilitator(f), "RecordAssociation", &without);
        Contracts__DeclineContract decline = CONTRACTS__DECLINE_CONTRACT__INIT;
        decline.contract_id = contract;
        decline.reason = CONTRACTS__DECLINE_REASON__TOLD_TOO_LATE;
        decline.text = arena_text(&f->arena, "Avis demandé la veille.");
        (void)fixture_get(f, facilitator(f), "DeclineContract", &decline);
        (void)fixture_refused(f, facilitator(f), "OpenConsultation", opening_of(f, contract),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_dates_follow, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_urgent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_price_alone, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_consultation_launched_before_is_not_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
