/* CompareCalibrations: several calculations side by side. */
#include "tests/unit/services/contracts/fixture.h"

static const Contracts__CompareCalibrationsReply *compare(struct fixture *f,
                                                          Contracts__CompareCalibrationsRequest *query)
{
        return fixture_get(f, facilitator(f), "CompareCalibrations", query);
}

static void test_side_by_side(void **state)
{
        struct fixture *f = *state;
        Contracts__Calibration *options[] = {a_calibration(f), a_calibration(f), a_calibration(f)};
        Contracts__CompareCalibrationsRequest query = CONTRACTS__COMPARE_CALIBRATIONS_REQUEST__INIT;
        query.contract_id = a_contract(f);
        query.calibrations = options;
        query.n_calibrations = 3;
        uint64_t position = engine_position(f->engine);
        options[1]->method = CONTRACTS__CALIBRATION_METHOD__STEP_TABLE;
        options[1]->table = arena_text(&f->arena, "formation");
        options[2]->insertion_rate = NULL;
        const Contracts__CompareCalibrationsReply *reply = compare(f, &query);
        assert_int_equal(reply->n_options, 3);
        assert_int_equal(reply->options[0]->result->hours->hundredths, 83300);
        assert_int_equal(reply->options[0]->difference->hundredths, 0);
        assert_int_equal(reply->options[1]->result->hours->hundredths, 90000);
        assert_int_equal(reply->options[1]->difference->hundredths, 6700);
        assert_null(reply->options[2]->result); /* one that fails does not hide the others */
        assert_string_equal(reply->options[2]->refusal->field, "calibration.insertionRate");
        assert_null(reply->options[2]->difference);
        assert_int_equal(reply->options[0]->n_sensitivity, 4);
        assert_int_equal(reply->options[0]->sensitivity[0]->less->hundredths, 75000); /* 10 % less */
        assert_int_equal(reply->options[0]->sensitivity[0]->more->hundredths, 91600);
        assert_int_equal(engine_position(f->engine), position); /* nothing is stored */
}

static void test_how_far(void **state)
{
        struct fixture *f = *state;
        Contracts__Calibration *options[] = {a_calibration(f)};
        Contracts__CompareCalibrationsRequest query = CONTRACTS__COMPARE_CALIBRATIONS_REQUEST__INIT;
        query.calibrations = options;
        query.n_calibrations = 1;
        query.sensitivity = share_to(&f->arena, share_of_millionths(500000));
        const Contracts__CompareCalibrationsReply *reply = compare(f, &query);
        assert_int_equal(reply->options[0]->sensitivity[0]->less->hundredths, 41600);
        assert_int_equal(reply->options[0]->sensitivity[0]->more->hundredths, 125000);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__Calibration *options[11];
        Contracts__CompareCalibrationsRequest query = CONTRACTS__COMPARE_CALIBRATIONS_REQUEST__INIT;
        for (size_t i = 0; i < ARRAY_SIZE(options); i++)
                options[i] = a_calibration(f);
        query.calibrations = options;
        static const size_t counts[] = {0, 11};
        for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
                query.n_calibrations = counts[i];
                assert_string_equal(fixture_refused(f, facilitator(f), "CompareCalibrations", &query,
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    "calibrations");
        }
        query.n_calibrations = 10;
        (void)compare(f, &query);
        query.sensitivity = share_to(&f->arena, share_of_millionths(0));
        (void)fixture_refused(f, facilitator(f), "CompareCalibrations", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.sensitivity->millionths = 900001;
        (void)fixture_refused(f, facilitator(f), "CompareCalibrations", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.sensitivity = NULL;
        query.contract_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, facilitator(f), "CompareCalibrations", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "CompareCalibrations", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_side_by_side, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_how_far, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
