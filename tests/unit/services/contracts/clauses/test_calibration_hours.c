/* Hours by each of the five methods, the roundings, and what becomes due as invoices come. Vectors: published examples
 * of facilitators. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/clauses/calibration_hours.h"

static struct arena arena;

static int open_arena(void **state)
{
        (void)state;
        arena_init(&arena);
        return 0;
}

static int close_arena(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static Types__Money *euros(int64_t amount)
{
        return money_to(&arena, money_of_cents(amount * 100));
}

static Contracts__Calibration *of_method(Contracts__CalibrationMethod method, int64_t amount)
{
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, &arena);
        calibration->method = method;
        calibration->amount = euros(amount);
        return calibration;
}

static Contracts__Calibration *formula(int64_t amount, uint32_t labour, uint32_t rate, int64_t cost_cents)
{
        Contracts__Calibration *calibration = of_method(CONTRACTS__CALIBRATION_METHOD__FORMULA, amount);
        calibration->labour_share = share_to(&arena, share_of_millionths(labour));
        calibration->insertion_rate = share_to(&arena, share_of_millionths(rate));
        calibration->hourly_cost = money_to(&arena, money_of_cents(cost_cents));
        return calibration;
}

static Contracts__Calibration *per_invoiced(int64_t amount, int64_t per_hour, int64_t trigger)
{
        Contracts__Calibration *calibration = of_method(CONTRACTS__CALIBRATION_METHOD__PER_INVOICED, amount);
        calibration->amount_per_hour = euros(per_hour);
        calibration->trigger = euros(trigger);
        return calibration;
}

static Contracts__Calibration *by_table(int64_t amount)
{
        static const struct {
                int64_t from, hours;
        } steps[] = {{1, 150}, {100000, 300}, {200000, 450}, {400000, 900}};
        Contracts__Calibration *calibration = of_method(CONTRACTS__CALIBRATION_METHOD__STEP_TABLE, amount);
        for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
                Contracts__HoursStep *step = pb_new(&contracts__hours_step__descriptor, &arena);
                step->from = euros(steps[i].from);
                step->hours = hours_to(&arena, hours_of_hundredths(steps[i].hours * 100));
                calibration->steps = pb_append(calibration->steps, &calibration->n_steps, sizeof(step), &arena);
                calibration->steps[calibration->n_steps - 1] = step;
        }
        return calibration;
}

static int64_t due(const Contracts__Calibration *calibration, int64_t invoiced)
{
        struct hours hours;
        struct refusal refusal;
        if (!calibration_due(calibration, money_of_cents(invoiced * 100), &hours, &refusal))
                fail_msg("%s", refusal.text);
        return hours_hundredths(hours);
}

static void test_formula(void **state)
{
        (void)state;
        Contracts__Calibration *one = formula(1000000, 500000, 50000, 3000);
        assert_int_equal(due(one, 1000000), 83300); /* vector 1: 833.33, down */
        assert_int_equal(due(one, 500000), 41600);
        assert_int_equal(due(formula(1500000, 700000, 100000, 3000), 1500000), 350000); /* vector 2 */
        assert_int_equal(due(formula(1500000, 700000, 1000000, 3000), 1500000), 3500000);
        one->method = CONTRACTS__CALIBRATION_METHOD__CALIBRATION_METHOD_UNKNOWN; /* of before there were others */
        assert_int_equal(due(one, 1000000), 83300);
}

static void test_per_invoiced(void **state)
{
        const Contracts__Calibration *calibration = per_invoiced(3000000, 2000, 2700000);
        (void)state;
        assert_int_equal(due(calibration, 3000000), 15000); /* vector 3 */
        assert_int_equal(due(calibration, 0), 0);
        assert_int_equal(due(calibration, 2700000), 0);
        assert_int_equal(due(calibration, 2701999), 0); /* full slices only */
        assert_int_equal(due(calibration, 2702000), 100);
        Contracts__Calibration *from_the_first_euro = per_invoiced(10000, 2000, 0);
        from_the_first_euro->trigger = NULL;
        assert_int_equal(due(from_the_first_euro, 10000), 500);
}

static void test_table(void **state)
{
        static const struct {
                int64_t amount, hours;
        } cases[] = {
                {0, 0},        {1, 150},      {99000, 150},  {99999, 150},  {100000, 300},
                {199999, 300}, {200000, 450}, {399999, 450}, {400000, 900}, {90000000, 900},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) /* vector 4 */
                assert_int_equal(due(by_table(cases[i].amount), cases[i].amount), cases[i].hours * 100);
}

static void test_shorter_than_the_table_but_not_longer(void **state)
{
        Contracts__Calibration *calibration = by_table(250000);
        (void)state;
        calibration->chosen_hours = hours_to(&arena, hours_of_hundredths(40000));
        assert_int_equal(due(calibration, 250000), 40000);
        assert_int_equal(due(calibration, 150000), 30000); /* what the table gives is less */
        calibration->chosen_hours->hundredths = 50000;
        assert_int_equal(due(calibration, 250000), 45000);
}

static void test_share_of_hours(void **state)
{
        Contracts__Calibration *npnru = formula(1500000, 700000, 50000, 3000);
        (void)state;
        npnru->method = CONTRACTS__CALIBRATION_METHOD__SHARE_OF_HOURS;
        assert_int_equal(due(npnru, 1500000), 175000); /* vector 5: 5 % of 35,000 h estimated */
        npnru->total_hours = hours_to(&arena, hours_of_hundredths(2000000));
        assert_int_equal(due(npnru, 1500000), 100000); /* 5 % of 20,000 h given */
        npnru->insertion_rate->millionths = 100000;
        assert_int_equal(due(npnru, 0), 200000); /* GUP: 10 %, whatever is invoiced */
        npnru->total_hours->hundredths = -1;
        struct hours hours;
        struct refusal refusal;
        assert_false(calibration_due(npnru, money_of_cents(1), &hours, &refusal));
        assert_string_equal(refusal.field, "calibration.totalHours");
}

static void test_fixed(void **state)
{
        Contracts__Calibration *calibration = of_method(CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS, 500000);
        (void)state;
        calibration->chosen_hours = hours_to(&arena, hours_of_hundredths(60700));
        calibration->rounding = CONTRACTS__ROUNDING__TO_35;
        assert_int_equal(due(calibration, 0), 59500); /* 17 weeks */
        assert_int_equal(due(calibration, 500000), 59500);
}

static void test_too_much_is_refused(void **state)
{
        const Contracts__Calibration *cases[] = {
                formula(1, 1000000, 1000000, 1),
                per_invoiced(1, 0, 0),
                formula(1, 1000000, 1000000, 0),
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct hours hours;
                struct refusal refusal;
                assert_false(calibration_due(cases[i], money_of_cents(INT64_MAX), &hours, &refusal));
                assert_string_equal(refusal.field, "calibration.amount");
        }
        Contracts__Calibration *cent = per_invoiced(1, 1, 0);
        struct hours hours;
        struct refusal refusal;
        cent->amount_per_hour->cents = 1;
        assert_false(calibration_due(cent, money_of_cents(INT64_MAX), &hours, &refusal));
}

static void test_total_hours(void **state)
{
        struct hours hours;
        (void)state;
        Contracts__Calibration *calibration = formula(1500000, 700000, 50000, 3000);
        assert_true(calibration_total_hours(calibration, &hours));
        assert_int_equal(hours_hundredths(hours), 3500000);
        calibration->total_hours = hours_to(&arena, hours_of_hundredths(123400));
        assert_true(calibration_total_hours(calibration, &hours));
        assert_int_equal(hours_hundredths(hours), 123400);
        assert_false(calibration_total_hours(by_table(100000), &hours)); /* neither share nor cost */
}

static void test_roundings(void **state)
{
        static const struct {
                int64_t exact;
                Contracts__Rounding rounding;
                int64_t rounded;
        } cases[] = {
                {83399, CONTRACTS__ROUNDING__DOWN, 83300},
                {83349, CONTRACTS__ROUNDING__NEAREST, 83300},
                {83350, CONTRACTS__ROUNDING__NEAREST, 83400},
                {83249, CONTRACTS__ROUNDING__TO_5, 83000},
                {83250, CONTRACTS__ROUNDING__TO_5, 83500},
                {83649, CONTRACTS__ROUNDING__TO_7, 83300},
                {83650, CONTRACTS__ROUNDING__TO_7, 84000},
                {1749, CONTRACTS__ROUNDING__TO_35, 0},
                {1750, CONTRACTS__ROUNDING__TO_35, 3500},
                {83333, CONTRACTS__ROUNDING__TO_35, 84000},
                {0, CONTRACTS__ROUNDING__NEAREST, 0},
                {99, CONTRACTS__ROUNDING__DOWN, 0},
                {199, CONTRACTS__ROUNDING__ROUNDING_UNKNOWN, 100},
                {INT64_MAX, CONTRACTS__ROUNDING__DOWN, INT64_MAX / 100 * 100},
                {INT64_MAX, CONTRACTS__ROUNDING__TO_35, INT64_MAX / 3500 * 3500},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct hours rounded = calibration_round(hours_of_hundredths(cases[i].exact), cases[i].rounding);
                assert_int_equal(hours_hundredths(rounded), cases[i].rounded);
        }
}

/* ---- what holds for any figures */

static uint64_t seed = 0x9E3779B97F4A7C15u;

static int64_t drawn(int64_t below) /* xorshift: the same run after run */
{
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        return (int64_t)(seed % (uint64_t)below);
}

static Contracts__Calibration *drawn_calibration(void)
{
        Contracts__Calibration *calibration = NULL;
        switch (drawn(5)) {
        case 0: calibration = per_invoiced(1, 1 + drawn(5000), drawn(3000000)); break;
        case 1: calibration = by_table(1); break;
        case 2:
                calibration = of_method(CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS, 1);
                calibration->chosen_hours = hours_to(&arena, hours_of_hundredths(drawn(10000000)));
                break;
        default:
                calibration = formula(1, (uint32_t)drawn(1000001), (uint32_t)drawn(1000001), 500 + drawn(19500));
                if (drawn(2) == 0)
                        calibration->method = CONTRACTS__CALIBRATION_METHOD__SHARE_OF_HOURS;
        }
        calibration->rounding = (Contracts__Rounding)drawn(6);
        return calibration;
}

static void test_more_is_never_less(void **state)
{
        (void)state;
        for (int i = 0; i < 20000; i++) {
                const Contracts__Calibration *calibration = drawn_calibration();
                int64_t less = drawn(50000000), more = less + drawn(1000000);
                assert_true(due(calibration, less) <= due(calibration, more));
                arena_reset(&arena);
        }
}

static void test_rounding_moves_less_than_its_step(void **state)
{
        static const int64_t step[] = {100, 100, 100, 500, 700, 3500}; /* by enum Rounding */
        (void)state;
        for (int i = 0; i < 20000; i++) {
                Contracts__Rounding rounding = (Contracts__Rounding)drawn(6);
                int64_t exact = drawn(1000000000);
                int64_t rounded = hours_hundredths(calibration_round(hours_of_hundredths(exact), rounding));
                int64_t moved = rounded > exact ? rounded - exact : exact - rounded;
                bool is_down = rounding <= CONTRACTS__ROUNDING__DOWN;
                assert_int_equal(rounded % step[rounding], 0);
                assert_true(moved < step[rounding]);
                assert_true(is_down ? rounded <= exact : moved * 2 <= step[rounding]);
        }
}

/* A share of the hours that are estimated is the formula; of given hours that equal the estimate, the same but for what
 * each of them cuts off. */
static void test_methods_agree(void **state)
{
        (void)state;
        for (int i = 0; i < 20000; i++) {
                int64_t amount = 1 + drawn(50000000);
                Contracts__Calibration *calibration =
                        formula(amount, 1 + (uint32_t)drawn(1000000), 1 + (uint32_t)drawn(1000000), 500 + drawn(19500));
                struct hours by_formula, estimated, given, total;
                struct refusal refusal;
                struct money money = money_of(calibration->amount);
                assert_true(calibration_exact(calibration, money, &by_formula, &refusal));
                calibration->method = CONTRACTS__CALIBRATION_METHOD__SHARE_OF_HOURS;
                assert_true(calibration_exact(calibration, money, &estimated, &refusal));
                assert_int_equal(hours_hundredths(by_formula), hours_hundredths(estimated));
                assert_true(calibration_total_hours(calibration, &total));
                calibration->total_hours = hours_to(&arena, total);
                assert_true(calibration_exact(calibration, money, &given, &refusal));
                int64_t apart = hours_hundredths(estimated) - hours_hundredths(given);
                assert_true(apart == 0 || apart == 1);
                arena_reset(&arena);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_formula),
                cmocka_unit_test(test_per_invoiced),
                cmocka_unit_test(test_table),
                cmocka_unit_test(test_shorter_than_the_table_but_not_longer),
                cmocka_unit_test(test_share_of_hours),
                cmocka_unit_test(test_fixed),
                cmocka_unit_test(test_too_much_is_refused),
                cmocka_unit_test(test_total_hours),
                cmocka_unit_test(test_roundings),
                cmocka_unit_test(test_more_is_never_less),
                cmocka_unit_test(test_rounding_moves_less_than_its_step),
                cmocka_unit_test(test_methods_agree),
        };
        return cmocka_run_group_tests(tests, open_arena, close_arena);
}
