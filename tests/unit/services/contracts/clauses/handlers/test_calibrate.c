/* Calibrate: what-if. */
#include "tests/unit/services/contracts/fixture.h"

static void test_equivalents(void **state)
{
        struct fixture *f = *state;
        Contracts__CalibrateRequest query = CONTRACTS__CALIBRATE_REQUEST__INIT;
        query.calibration = a_calibration(f);
        const Contracts__CalibrateReply *reply = fixture_get(f, facilitator(f), "Calibrate", &query);
        assert_int_equal(reply->hours->hundredths, 83300);
        assert_int_equal(reply->exact->hundredths, 83333);
        assert_int_equal(reply->weeks_35h->hundredths, 2380);
        assert_int_equal(reply->full_time_equivalent->millionths, 520625);
        assert_int_equal(reply->n_warnings, 0);
        assert_int_equal(engine_position(f->engine), 0); /* nothing is stored */
}

static void test_warnings(void **state)
{
        struct fixture *f = *state;
        Contracts__CalibrateRequest query = CONTRACTS__CALIBRATE_REQUEST__INIT;
        query.calibration = a_calibration(f);
        query.calibration->amount = euros(f, 100000);
        query.calibration->hourly_cost = euros(f, 45);
        const Contracts__CalibrateReply *reply =
                fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "Calibrate", &query);
        assert_int_equal(reply->hours->hundredths, 5500);
        assert_int_equal(reply->n_warnings, 2);
        assert_non_null(strstr(reply->warnings[0], "embaucher"));
        assert_non_null(strstr(reply->warnings[1], "45\u00a0€"));
}

static void test_with_a_contract(void **state)
{
        struct fixture *f = *state;
        Contracts__CalibrateRequest query = CONTRACTS__CALIBRATE_REQUEST__INIT;
        query.contract_id = a_contract(f); /* 1,000,000 €, 12 months */
        query.calibration = a_calibration(f);
        query.calibration->amount = NULL;
        const Contracts__CalibrateReply *reply = fixture_get(f, facilitator(f), "Calibrate", &query);
        assert_int_equal(reply->hours->hundredths, 83300);
        assert_int_equal(reply->persons->millionths, 520625); /* over a year, the equivalent of a year */
        assert_int_equal(reply->calibration->amount->cents, 100000000);
        assert_int_equal(reply->method, CONTRACTS__CALIBRATION_METHOD__FORMULA);
        assert_string_equal(reply->rules_version, "calibration-2024-1");
        assert_int_equal(reply->n_sources, 4);
        query.contract_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, facilitator(f), "Calibrate", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* 999999999 € stands for "not known": no calculation takes it by itself; who writes it out is warned. */
static void test_a_fictitious_amount_is_never_taken(void **state)
{
        struct fixture *f = *state;
        Contracts__CalibrateRequest query = CONTRACTS__CALIBRATE_REQUEST__INIT;
        Contracts__ContractRecord *record = a_record(f);
        record->amount = euros(f, 999999999);
        query.contract_id = import(f, record)->contract_id;
        query.calibration = a_calibration(f);
        query.calibration->amount = NULL;
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "Calibrate", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "calibration.amount");
        assert_non_null(strstr(refusal->text, "fictif"));
        query.calibration->amount = euros(f, 999999999);
        const Contracts__CalibrateReply *reply = fixture_get(f, facilitator(f), "Calibrate", &query);
        assert_int_equal(reply->hours->hundredths, 83333300);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "521"));
        assert_non_null(strstr(reply->warnings[0], "à plein temps pendant 12 mois"));
        query.calibration->amount = euros(f, 60000000); /* 50,000 h: no amount is wrong, but the duration holds less */
        query.calibration->duration_months = 6;
        reply = fixture_get(f, facilitator(f), "Calibrate", &query);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "pendant 6 mois"));
        query.calibration->duration_months = 48;
        reply = fixture_get(f, facilitator(f), "Calibrate", &query);
        assert_int_equal(reply->n_warnings, 0);
}

static void test_not_of_another_buyers_contract(void **state)
{
        struct fixture *f = *state;
        Contracts__CalibrateRequest query = CONTRACTS__CALIBRATE_REQUEST__INIT;
        query.contract_id = a_contract(f);
        query.calibration = a_calibration(f);
        query.calibration->amount = NULL;
        directory_tells(f, 1, 1, CONTRACTOR_SIRET);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "Calibrate", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        directory_tells(f, 2, 2, BUYER_SIRET);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 2), "Calibrate", &query);
}

/* A company that owes hours of the contract calculates with its own figures, not with the buyer's estimate. */
static void test_a_company_is_not_told_the_estimate(void **state)
{
        struct fixture *f = *state;
        Contracts__CalibrateRequest query = CONTRACTS__CALIBRATE_REQUEST__INIT;
        query.contract_id = a_contract(f);
        (void)record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, query.contract_id))->clause_id));
        query.calibration = a_calibration(f);
        query.calibration->amount = NULL;
        const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 1);
        (void)fixture_refused(f, company, "Calibrate", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.calibration->amount = euros(f, 600000);
        const Contracts__CalibrateReply *reply = fixture_get(f, company, "Calibrate", &query);
        assert_int_equal(reply->hours->hundredths, 50000);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__CalibrateRequest query = CONTRACTS__CALIBRATE_REQUEST__INIT;
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "Calibrate", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "calibration");
        query.calibration = a_calibration(f);
        query.calibration->hourly_cost = euros(f, 201);
        refusal = fixture_refused(f, facilitator(f), "Calibrate", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "calibration.hourlyCost");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 1), "Calibrate", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_equivalents, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_warnings, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_with_a_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_fictitious_amount_is_never_taken, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_of_another_buyers_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_is_not_told_the_estimate, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
