/* CheckObligation: a what-if, and what is known of a contract. */
#include "tests/unit/services/contracts/programming/steps.h"

static void test_what_if(void **state)
{
        struct fixture *f = *state;
        Contracts__ObligationFacts *facts = launched(f, 2027, 1, 1);
        facts->nature = CONTRACTS__NATURE__NATURE_SERVICES;
        facts->buyer_type = CONTRACTS__BUYER_TYPE__BUYER_STATE;
        facts->amount = euros(f, 150000);
        const Contracts__ObligationCheck *check = check_obligation(f, facilitator(f), NULL, facts);
        assert_int_equal(check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);
        assert_int_equal(check->threshold->cents, 14000000);
        assert_int_equal(day_number(day_of(check->checked_on)), day_number(day_of_instant_ms(FIXTURE_NOW_MS)));
        assert_int_equal(check_obligation(f, facilitator(f), NULL, NULL)->duty, CONTRACTS__DUTY__DUTY_UNKNOWN);
}

static void test_of_a_contract(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, works_to_open(f));
        const Contracts__ObligationCheck *check = check_obligation(f, facilitator(f), contract, NULL);
        assert_int_equal(check->duty, CONTRACTS__DUTY__DUTY_UNKNOWN); /* nobody has told its launch */
        assert_string_equal(check->missing[0], "launch_on");
        assert_int_equal(check->facts->nature, CONTRACTS__NATURE__NATURE_WORKS); /* from the CPV */
        assert_int_equal(check->facts->buyer_type, CONTRACTS__BUYER_TYPE__BUYER_OTHER_AUTHORITY);

        check = check_obligation(f, facilitator(f), contract, launched(f, 2027, 2, 1));
        assert_int_equal(check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);
        Contracts__ObligationFacts *short_works = launched(f, 2027, 2, 1);
        short_works->duration_months = 4;
        check = check_obligation(f, facilitator(f), contract, short_works);
        assert_int_equal(check->duty, CONTRACTS__DUTY__DUTY_DEROGABLE);
}

/* What was launched indeed needs telling no more. */
static void test_of_a_consultation(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, works_to_open(f));
        Contracts__OpenConsultation command = CONTRACTS__OPEN_CONSULTATION__INIT;
        command.contract_id = contract;
        command.published_on = a_day(f, 2026, 10, 1);
        command.offers_due_on = a_day(f, 2026, 12, 1);
        (void)fixture_get(f, facilitator(f), "OpenConsultation", &command);
        const Contracts__ObligationCheck *check = check_obligation(f, facilitator(f), contract, NULL);
        assert_int_equal(check->facts->launch_on->days, command.published_on->days);
        assert_int_equal(check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);
}

static void test_a_fictitious_amount_is_not_known(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *command = works_to_open(f);
        command->record->amount = euros(f, 999999999);
        Types__Id *contract = opened(f, command);
        const Contracts__ObligationCheck *check =
                check_obligation(f, facilitator(f), contract, launched(f, 2027, 2, 1));
        assert_int_equal(check->duty, CONTRACTS__DUTY__DUTY_UNKNOWN);
        assert_string_equal(check->missing[0], "amount");
        assert_null(check->facts->amount);
}

/* Electricity is bought, not a service of division 93. */
static void test_a_lost_zero_makes_no_other_nature(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        record->cpv = arena_text(&f->arena, "9310000");
        const Contracts__ObligationCheck *check =
                check_obligation(f, facilitator(f), import(f, record)->contract_id, launched(f, 2027, 2, 1));
        assert_int_equal(check->facts->nature, CONTRACTS__NATURE__NATURE_SUPPLIES);
}

static void test_whose_it_is(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, works_to_open(f));
        Contracts__CheckObligationRequest query = CONTRACTS__CHECK_OBLIGATION_REQUEST__INIT;
        query.contract_id = contract;
        directory_tells(f, 1, 1, "13002526500013");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "CheckObligation", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        directory_tells(f, 2, 2, BUYER_SIRET);
        (void)check_obligation(f, of_organisation(f, TYPES__ROLE__BUYER, 2), contract, NULL);
        query.contract_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, coordinator(f), "CheckObligation", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.contract_id = NULL;
        query.line_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, coordinator(f), "CheckObligation", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.contract_id = contract; /* both */
        (void)fixture_refused(f, coordinator(f), "CheckObligation", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_if, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_consultation, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_fictitious_amount_is_not_known, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_lost_zero_makes_no_other_nature, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose_it_is, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
