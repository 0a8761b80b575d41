/* Completing and calculating: what each method needs, what is filled in from the lot and the rules, what is refused.
 * Vectors: docs/CONTRACTS.md, "Calibration". */
#include "tests/unit/services/contracts/clauses/calibrating.h"

#define METHOD(NAME) CONTRACTS__CALIBRATION_METHOD__##NAME

static int64_t hours_by(const Contracts__Calibration *asked)
{
        return hours_hundredths(computed(completed(asked)).rounded);
}

static struct refusal refused(const Contracts__Calibration *asked, const char *field)
{
        Contracts__Calibration *calibration;
        struct refusal refusal;
        assert_false(calibration_complete(asked, &basis, &arena, &calibration, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
        return refusal;
}

static int forget_the_lot(void **state)
{
        (void)state;
        basis.amount = NULL;
        basis.duration_months = 0;
        return 0;
}

/* ---- the five vectors */

static void test_vector_1(void **state)
{
        (void)state;
        struct calibration_result result = computed(completed(given(1000000, 500000, 50000, 3000)));
        assert_int_equal(hours_hundredths(result.exact), 83333);
        assert_int_equal(hours_hundredths(result.rounded), 83300);
        assert_int_equal(hours_hundredths(result.weeks), 2380);                    /* 833 / 35 = 23.80 */
        assert_int_equal(decimal_millionths(result.full_time_equivalent), 520625); /* 833 / 1,600 */
        assert_int_equal(decimal_millionths(result.persons), 0);                   /* the duration is not known */
        basis.duration_months = 6;
        result = computed(completed(given(1000000, 500000, 50000, 3000)));
        assert_int_equal(decimal_millionths(result.persons), 1041250); /* in half the time, twice as many */
}

static void test_vector_2(void **state)
{
        (void)state;
        assert_int_equal(hours_by(given(1500000, 700000, 100000, 3000)), 350000);
        assert_int_equal(hours_by(given(1500000, 700000, 1000000, 3000)), 3500000); /* the work in all: 35,000 h */
}

static void test_vector_3(void **state)
{
        Contracts__Calibration *asked = of_method(METHOD(PER_INVOICED));
        (void)state;
        asked->amount = cents(300000000);
        asked->amount_per_hour = cents(200000);
        asked->trigger = cents(270000000);
        assert_int_equal(hours_by(asked), 15000);
}

static void test_vector_4(void **state)
{
        static const struct {
                int64_t euros, hours;
        } cases[] = {{1, 150},      {99000, 150},  {100000, 300}, {199000, 300},
                     {200000, 450}, {399000, 450}, {400000, 900}, {5000000, 900}};
        Contracts__Calibration *asked = of_method(METHOD(STEP_TABLE));
        (void)state;
        asked->table = arena_text(&arena, "formation");
        asked->duration_months = 12;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                asked->amount = cents(cases[i].euros * 100);
                assert_int_equal(hours_by(asked), cases[i].hours * 100);
        }
        assert_int_equal(completed(asked)->n_steps, 4); /* a clause keeps what it was calculated with */
}

static void test_vector_5(void **state)
{
        Contracts__Calibration *asked = of_method(METHOD(SHARE_OF_HOURS));
        (void)state;
        asked->scheme = arena_text(&arena, "npnru");
        asked->total_hours = whole_hours(20000);
        assert_int_equal(hours_by(asked), 100000); /* 5 % */
        assert_string_equal(completed(asked)->target_publics[0], "B_QPV");
        asked->scheme = arena_text(&arena, "gup");
        assert_int_equal(hours_by(asked), 200000); /* 10 % */
        asked->total_hours = NULL;
        asked->amount = cents(150000000);
        asked->labour_share = millionths(700000);
        asked->hourly_cost = cents(3000);
        assert_int_equal(hours_by(asked), 350000); /* of 35,000 h estimated */
}

/* ---- the table: shorter, never longer; not for short contracts */

static void test_the_buyer_may_choose_shorter(void **state)
{
        Contracts__Calibration *asked = of_method(METHOD(STEP_TABLE));
        (void)state;
        asked->table = arena_text(&arena, "formation");
        asked->duration_months = 24;
        asked->amount = cents(25000000);
        asked->chosen_hours = whole_hours(400);
        assert_int_equal(hours_by(asked), 40000);
        asked->chosen_hours = whole_hours(450);
        assert_int_equal(hours_by(asked), 45000);
        asked->chosen_hours = whole_hours(451);
        assert_non_null(strstr(refused(asked, "calibration.chosenHours").text, "au plus 450"));
        asked->chosen_hours = whole_hours(0);
        (void)refused(asked, "calibration.chosenHours");
        asked->chosen_hours = NULL;
        asked->duration_months = 11;
        assert_non_null(strstr(refused(asked, "calibration.durationMonths").text, "à partir de 12 mois"));
        asked->duration_months = 0;
        assert_non_null(strstr(refused(asked, "calibration.durationMonths").text, "n'est pas connue"));
        basis.duration_months = 12; /* that of the lot */
        assert_int_equal(hours_by(asked), 45000);
        asked->table = arena_text(&arena, "autre"); /* of rules that do not count any more */
        (void)refused(asked, "calibration.steps");
}

static void add_step(Contracts__Calibration *calibration, int64_t euros, int64_t hours)
{
        Contracts__HoursStep *step = pb_new(&contracts__hours_step__descriptor, &arena);
        step->from = cents(euros * 100);
        step->hours = whole_hours(hours);
        calibration->steps = pb_append(calibration->steps, &calibration->n_steps, sizeof(step), &arena);
        calibration->steps[calibration->n_steps - 1] = step;
}

static void test_a_table_of_ones_own(void **state)
{
        static const int64_t wrong[][2] = {{1000, 200}, {500, 200}, {2000, 50}}; /* not upwards */
        Contracts__Calibration *asked = of_method(METHOD(STEP_TABLE));
        (void)state;
        asked->amount = cents(150000);
        (void)refused(asked, "calibration.steps");
        add_step(asked, 1000, 100);
        assert_int_equal(hours_by(asked), 10000);
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                Contracts__Calibration *other = arena_copy(&arena, asked, sizeof(*asked));
                other->steps = NULL;
                other->n_steps = 0;
                add_step(other, 1000, 100);
                add_step(other, wrong[i][0], wrong[i][1]);
                (void)refused(other, "calibration.steps");
        }
        asked->steps[0]->hours = NULL;
        (void)refused(asked, "calibration.steps");
}

/* ---- filling in */

static void test_what_the_lot_tells(void **state)
{
        Contracts__Calibration *asked = given(1, 500000, 50000, 3000);
        (void)state;
        asked->amount = NULL;
        (void)refused(asked, "calibration.amount");
        basis.amount = cents(100000000);
        assert_int_equal(hours_by(asked), 83300);
        asked->amount = cents(200000000); /* what is said goes before what is known */
        assert_int_equal(hours_by(asked), 166600);
}

static void test_what_a_trade_tells(void **state)
{
        Contracts__Calibration *asked = given(1000000, 1, 50000, 3000);
        (void)state;
        asked->trade = arena_text(&arena, "peinture");
        asked->labour_share = NULL;
        assert_int_equal(share_millionths(share_of(completed(asked)->labour_share)), 700000);
        asked->labour_share = millionths(600000);
        assert_int_equal(share_millionths(share_of(completed(asked)->labour_share)), 600000);
}

static void test_what_was_asked_stays_as_it_was(void **state)
{
        Contracts__Calibration *asked = given(1000000, 500000, 50000, 3000);
        (void)state;
        struct slice before = pb_encode(asked, &arena);
        assert_true(slice_equal(before, pb_encode(completed(asked), &arena))); /* complete: nothing is added */
        asked->labour_share = NULL;
        asked->trade = arena_text(&arena, "peinture");
        (void)completed(asked);
        assert_null(asked->labour_share);
}

/* ---- refusals */

static void test_incomplete(void **state)
{
        (void)state;
        (void)refused(NULL, "calibration");
        Contracts__Calibration *asked = given(1000000, 500000, 50000, 3000);
        asked->labour_share = NULL;
        (void)refused(asked, "calibration.labourShare");
        asked = given(1000000, 500000, 50000, 3000);
        asked->insertion_rate = NULL;
        (void)refused(asked, "calibration.insertionRate");
        asked = given(1000000, 500000, 50000, 3000);
        asked->hourly_cost = NULL;
        (void)refused(asked, "calibration.hourlyCost");
        asked = of_method(METHOD(PER_INVOICED));
        asked->amount = cents(100);
        (void)refused(asked, "calibration.amountPerHour");
        (void)refused(of_method(METHOD(FIXED_HOURS)), "calibration.chosenHours");
        (void)refused(of_method(METHOD(SHARE_OF_HOURS)), "calibration.insertionRate");
        asked = of_method(METHOD(SHARE_OF_HOURS));
        asked->insertion_rate = millionths(50000);
        (void)refused(asked, "calibration.labourShare"); /* neither the hours nor what they are estimated from */
        asked->total_hours = whole_hours(0);
        (void)refused(asked, "calibration.totalHours");
}

static void test_out_of_range(void **state)
{
        static const int64_t costs[] = {499, 20001};
        static const uint32_t shares[] = {0, 1000001};
        (void)state;
        (void)refused(given(0, 500000, 50000, 3000), "calibration.amount");
        (void)refused(given(-1, 500000, 50000, 3000), "calibration.amount");
        for (size_t i = 0; i < 2; i++) {
                (void)refused(given(1000000, shares[i], 50000, 3000), "calibration.labourShare");
                (void)refused(given(1000000, 500000, shares[i], 3000), "calibration.insertionRate");
                (void)refused(given(1000000, 500000, 50000, costs[i]), "calibration.hourlyCost");
        }
        Contracts__Calibration *asked = given(1000000, 500000, 50000, 3000);
        asked->rounding = (Contracts__Rounding)77;
        (void)refused(asked, "calibration.rounding");
        asked = given(1000000, 500000, 50000, 3000);
        asked->method = (Contracts__CalibrationMethod)77;
        (void)refused(asked, "calibration.method");
        asked = given(1000000, 500000, 50000, 3000);
        asked->duration_months = 601;
        (void)refused(asked, "calibration.durationMonths");
        asked = of_method(METHOD(PER_INVOICED));
        asked->amount = cents(300000000);
        asked->amount_per_hour = cents(200000);
        asked->trigger = cents(-1);
        (void)refused(asked, "calibration.trigger");
}

/* Shares and costs stay with a clause whose hours do not need them: they turn invoices into hours. */
static void test_unneeded_figures_are_checked_too(void **state)
{
        Contracts__Calibration *asked = of_method(METHOD(FIXED_HOURS));
        (void)state;
        asked->chosen_hours = whole_hours(600);
        assert_int_equal(hours_by(asked), 60000);
        asked->hourly_cost = cents(499);
        (void)refused(asked, "calibration.hourlyCost");
        asked->hourly_cost = cents(3000);
        asked->labour_share = millionths(0);
        (void)refused(asked, "calibration.labourShare");
}

static void test_limits_are_accepted(void **state)
{
        (void)state;
        (void)completed(given(1, 1000000, 1, 500));
        (void)completed(given(1, 1, 1000000, 20000));
}

static void test_too_much_is_refused(void **state)
{
        static const int64_t costs[] = {500, 1}; /* more equivalents than can be told; more hours than can be counted */
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(costs); i++) {
                struct calibration_result result;
                struct refusal refusal;
                const Contracts__Calibration *calibration = given(INT64_MAX / 100, 1000000, 125000, costs[i]);
                assert_false(calibration_compute(calibration, &basis, &result, &refusal));
                assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
                assert_string_equal(refusal.field, "calibration.amount");
        }
        /* the works of a whole metropolis: 7.5 million hours */
        struct calibration_result result = computed(given(300000000, 1000000, 125000, 500));
        assert_int_equal(hours_hundredths(result.rounded), 750000000);
        assert_int_equal(decimal_millionths(result.full_time_equivalent), INT64_C(4687500000));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup(test_vector_1, forget_the_lot),
                cmocka_unit_test_setup(test_vector_2, forget_the_lot),
                cmocka_unit_test_setup(test_vector_3, forget_the_lot),
                cmocka_unit_test_setup(test_vector_4, forget_the_lot),
                cmocka_unit_test_setup(test_vector_5, forget_the_lot),
                cmocka_unit_test_setup(test_the_buyer_may_choose_shorter, forget_the_lot),
                cmocka_unit_test_setup(test_a_table_of_ones_own, forget_the_lot),
                cmocka_unit_test_setup(test_what_the_lot_tells, forget_the_lot),
                cmocka_unit_test_setup(test_what_a_trade_tells, forget_the_lot),
                cmocka_unit_test_setup(test_what_was_asked_stays_as_it_was, forget_the_lot),
                cmocka_unit_test_setup(test_incomplete, forget_the_lot),
                cmocka_unit_test_setup(test_out_of_range, forget_the_lot),
                cmocka_unit_test_setup(test_unneeded_figures_are_checked_too, forget_the_lot),
                cmocka_unit_test_setup(test_limits_are_accepted, forget_the_lot),
                cmocka_unit_test_setup(test_too_much_is_refused, forget_the_lot),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
