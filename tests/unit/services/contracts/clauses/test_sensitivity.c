/* Each figure varied alone. */
#include "tests/unit/services/contracts/clauses/calibrating.h"

#include "services/contracts/clauses/sensitivity.h"

#define METHOD(NAME) CONTRACTS__CALIBRATION_METHOD__##NAME

static size_t count;
static Contracts__Sensitivity **varied(const Contracts__Calibration *calibration, uint32_t by)
{
        return sensitivity_of(calibration, share_of_millionths(by), &arena, &count);
}

static void test_formula(void **state)
{
        static const struct {
                const char *parameter;
                int64_t less, more;
        } expected[] = {
                {"amount", 315000, 385000},
                {"labour_share", 315000, 385000},
                {"insertion_rate", 315000, 385000},
                {"hourly_cost", 388800, 318100}, /* cheaper hours are more hours: 3,888.88 and 3,181.81 */
        };
        Contracts__Sensitivity **list = varied(given(1500000, 700000, 100000, 3000), 100000);
        (void)state;
        assert_int_equal(count, ARRAY_SIZE(expected));
        for (size_t i = 0; i < count; i++) {
                assert_string_equal(list[i]->parameter, expected[i].parameter);
                assert_int_equal(list[i]->less->hundredths, expected[i].less);
                assert_int_equal(list[i]->more->hundredths, expected[i].more);
        }
}

static void test_shares_stay_within_one(void **state)
{
        Contracts__Sensitivity **list = varied(given(1500000, 950000, 100000, 3000), 100000);
        (void)state;
        assert_int_equal(list[1]->more->hundredths, 500000); /* 1,500,000 x 1 x 0.1 / 30 */
}

static void test_what_a_method_does_not_use(void **state)
{
        Contracts__Calibration *calibration = given(3000000, 500000, 50000, 3000);
        (void)state;
        calibration->method = METHOD(PER_INVOICED);
        calibration->amount_per_hour = cents(200000);
        calibration->trigger = cents(270000000);
        Contracts__Sensitivity **list = varied(calibration, 100000);
        assert_int_equal(count, 3);
        assert_string_equal(list[0]->parameter, "amount");
        assert_int_equal(list[0]->less->hundredths, 0); /* 2,700,000: the trigger */
        assert_int_equal(list[0]->more->hundredths, 30000);
        assert_string_equal(list[1]->parameter, "amount_per_hour");
        assert_string_equal(list[2]->parameter, "trigger");

        calibration->method = METHOD(SHARE_OF_HOURS);
        calibration->total_hours = whole_hours(1000);
        list = varied(calibration, 100000); /* the hours are given: nothing is estimated */
        assert_int_equal(count, 2);
        assert_string_equal(list[0]->parameter, "insertion_rate");
        assert_string_equal(list[1]->parameter, "total_hours");
        assert_int_equal(list[1]->more->hundredths, 5500);
}

static void test_what_cannot_be_counted_is_left_out(void **state)
{
        Contracts__Calibration *calibration = given(1, 1000000, 1000000, 100);
        (void)state;
        calibration->amount = cents(INT64_MAX);
        Contracts__Sensitivity **list = varied(calibration, 100000);
        for (size_t i = 0; i < count; i++)
                assert_string_not_equal(list[i]->parameter, "amount");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_formula),
                cmocka_unit_test(test_shares_stay_within_one),
                cmocka_unit_test(test_what_a_method_does_not_use),
                cmocka_unit_test(test_what_cannot_be_counted_is_left_out),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
