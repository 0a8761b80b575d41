/* The formula, its roundings, its warnings and what it refuses. Vectors 1 and 2: domain 2.3. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/clauses/calibration_file.h"

static struct calibration_file file;

static int load(void **state)
{
        struct err_info info;
        (void)state;
        return calibration_file_load("deploy/rules", &file, &info);
}

static int unload(void **state)
{
        (void)state;
        calibration_file_fini(&file);
        return 0;
}

static const struct calibration_rules *rules(void)
{
        return &file.versions[0];
}

static struct calibration given(int64_t euros, uint32_t labour, uint32_t rate, int64_t cents,
                                Contracts__Rounding rounding)
{
        return (struct calibration){money_of_cents(euros * 100), share_of_millionths(labour), share_of_millionths(rate),
                                    money_of_cents(cents), rounding};
}

static struct calibration_result computed(struct calibration calibration)
{
        struct calibration_result result;
        struct refusal refusal;
        assert_true(calibration_compute(&calibration, rules(), &result, &refusal));
        return result;
}

static void test_vector_1(void **state)
{
        (void)state;
        struct calibration_result result = computed(given(1000000, 500000, 50000, 3000, CONTRACTS__ROUNDING__DOWN));
        assert_int_equal(hours_hundredths(result.exact), 83333);
        assert_int_equal(hours_hundredths(result.rounded), 83300);
        assert_int_equal(hours_hundredths(result.weeks), 2380);                  /* 833 / 35 = 23.80 */
        assert_int_equal(decimal_millionths(result.full_time_equivalent), 520625); /* 833 / 1,600 */
}

static void test_vector_2(void **state)
{
        (void)state;
        struct calibration_result result = computed(given(1500000, 700000, 100000, 3000, CONTRACTS__ROUNDING__DOWN));
        assert_int_equal(hours_hundredths(result.exact), 350000);
        assert_int_equal(hours_hundredths(result.rounded), 350000);
        result = computed(given(1500000, 700000, 1000000, 3000, CONTRACTS__ROUNDING__DOWN));
        assert_int_equal(hours_hundredths(result.rounded), 3500000); /* the work in all: 35,000 h */
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
                {INT64_MAX, CONTRACTS__ROUNDING__DOWN, INT64_MAX / 100 * 100},
                {INT64_MAX, CONTRACTS__ROUNDING__TO_35, INT64_MAX / 3500 * 3500},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct hours rounded = calibration_round(hours_of_hundredths(cases[i].exact), cases[i].rounding);
                assert_int_equal(hours_hundredths(rounded), cases[i].rounded);
        }
}

static void test_too_much_is_refused(void **state)
{
        static const struct {
                int64_t euros;
                int64_t cents;
        } cases[] = {
                {INT64_MAX / 100, 500}, /* more equivalents than can be told */
                {INT64_MAX / 100, 1},   /* more hours than can be counted */
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct calibration calibration =
                        given(cases[i].euros, 1000000, 125000, cases[i].cents, CONTRACTS__ROUNDING__DOWN);
                struct calibration_result result;
                struct refusal refusal;
                assert_false(calibration_compute(&calibration, rules(), &result, &refusal));
                assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
                assert_string_equal(refusal.field, "calibration.amount");
        }
        /* the works of a whole metropolis: 7.5 million hours */
        struct calibration_result result = computed(given(300000000, 1000000, 125000, 500, CONTRACTS__ROUNDING__DOWN));
        assert_int_equal(hours_hundredths(result.rounded), 750000000);
        assert_int_equal(decimal_millionths(result.full_time_equivalent), INT64_C(4687500000));
}

/* ---- warnings */

static struct calibration_warnings warned(struct calibration calibration)
{
        struct calibration_result result = computed(calibration);
        struct calibration_warnings warnings;
        calibration_warn(&calibration, &result, rules(), &warnings);
        return warnings;
}

static void test_nothing_to_warn_of(void **state)
{
        (void)state;
        assert_int_equal(warned(given(1000000, 500000, 50000, 3000, CONTRACTS__ROUNDING__DOWN)).count, 0);
}

static void test_each_warning(void **state)
{
        static const struct {
                struct calibration calibration;
                const char *says;
        } cases[] = {
                {{{100000}, {500000}, {50000}, {3000}, CONTRACTS__ROUNDING__DOWN}, "Le calcul donne 0 h"},
                {{{17879952}, {500000}, {50000}, {3000}, CONTRACTS__ROUNDING__DOWN},
                 "148 h, c'est trop peu pour embaucher quelqu'un "
                 "(moins de 150 h)"},
                {{{54000000}, {500000}, {50000}, {3000}, CONTRACTS__ROUNDING__DOWN},
                 "450 h, c'est moins d'un trimestre d'une personne "
                 "à temps plein (455 h)"},
                {{{100000000}, {199999}, {200000}, {3000}, CONTRACTS__ROUNDING__DOWN},
                 "Part de main-d'œuvre de 19,9999 % : plus faible "
                 "que dans tous les métiers connus (Charpente "
                 "métallique : 20 %)"},
                {{{100000000}, {950000}, {50000}, {3000}, CONTRACTS__ROUNDING__DOWN},
                 "Part de main-d'œuvre de 95 % : plus forte"},
                {{{100000000}, {500000}, {49000}, {3000}, CONTRACTS__ROUNDING__DOWN},
                 "Part d'insertion de 4,9 % : l'usage va de 5 % à "
                 "20 %"},
                {{{100000000}, {500000}, {210000}, {3000}, CONTRACTS__ROUNDING__DOWN}, "Part d'insertion de 21 %"},
                {{{100000000}, {500000}, {50000}, {3050}, CONTRACTS__ROUNDING__DOWN},
                 "Coût horaire de 30,50 € : l'usage va de 20 € à "
                 "30 €"},
                {{{100000000}, {500000}, {50000}, {1999}, CONTRACTS__ROUNDING__DOWN}, "Coût horaire de 19,99 €"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct calibration_warnings warnings = warned(cases[i].calibration);
                assert_int_equal(warnings.count, 1);
                if (strstr(warnings.text[0], cases[i].says) == NULL)
                        fail_msg("« %s » does not say « %s »", warnings.text[0], cases[i].says);
        }
}

static void test_thresholds_themselves_do_not_warn(void **state)
{
        (void)state;
        assert_int_equal(warned(given(546000, 500000, 50000, 3000, CONTRACTS__ROUNDING__DOWN)).count, 0); /* 455 h */
        struct calibration_warnings warnings = warned(given(180000, 500000, 50000, 3000, CONTRACTS__ROUNDING__DOWN));
        assert_int_equal(warnings.count, 1); /* 150 h: enough to hire, not for a quarter */
        assert_non_null(strstr(warnings.text[0], "trimestre"));
}

static void test_all_warnings_fit(void **state)
{
        (void)state;
        assert_int_equal(warned(given(10, 1, 1, 20000, CONTRACTS__ROUNDING__DOWN)).count, 4);
}

/* ---- reading */

static Contracts__Calibration complete(void)
{
        static Types__Money amount = TYPES__MONEY__INIT, cost = TYPES__MONEY__INIT;
        static Types__Share labour = TYPES__SHARE__INIT, rate = TYPES__SHARE__INIT;
        Contracts__Calibration message = CONTRACTS__CALIBRATION__INIT;
        amount.cents = 100000000;
        cost.cents = 3000;
        labour.millionths = 500000;
        rate.millionths = 50000;
        message.amount = &amount;
        message.hourly_cost = &cost;
        message.labour_share = &labour;
        message.insertion_rate = &rate;
        return message;
}

static void refused(const Contracts__Calibration *message, const char *field)
{
        struct calibration calibration;
        struct refusal refusal;
        assert_false(calibration_read(message, rules(), &calibration, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
}

static void test_complete(void **state)
{
        static const struct {
                Contracts__Rounding message;
                Contracts__Rounding rounding;
        } cases[] = {
                {CONTRACTS__ROUNDING__ROUNDING_UNKNOWN, CONTRACTS__ROUNDING__DOWN},
                {CONTRACTS__ROUNDING__DOWN, CONTRACTS__ROUNDING__DOWN},
                {CONTRACTS__ROUNDING__NEAREST, CONTRACTS__ROUNDING__NEAREST},
                {CONTRACTS__ROUNDING__TO_5, CONTRACTS__ROUNDING__TO_5},
                {CONTRACTS__ROUNDING__TO_7, CONTRACTS__ROUNDING__TO_7},
                {CONTRACTS__ROUNDING__TO_35, CONTRACTS__ROUNDING__TO_35},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Contracts__Calibration message = complete();
                struct calibration calibration;
                struct refusal refusal;
                message.rounding = cases[i].message;
                assert_true(calibration_read(&message, rules(), &calibration, &refusal));
                assert_int_equal(calibration.rounding, cases[i].rounding);
                assert_int_equal(money_cents(calibration.amount), 100000000);
                assert_int_equal(share_millionths(calibration.labour_share), 500000);
                assert_int_equal(share_millionths(calibration.insertion_rate), 50000);
                assert_int_equal(money_cents(calibration.hourly_cost), 3000);
        }
}

static void test_incomplete(void **state)
{
        Contracts__Calibration message;
        (void)state;
        refused(NULL, "calibration");
        message = complete();
        message.amount = NULL;
        refused(&message, "calibration.amount");
        message = complete();
        message.labour_share = NULL;
        refused(&message, "calibration.labour_share");
        message = complete();
        message.insertion_rate = NULL;
        refused(&message, "calibration.insertion_rate");
        message = complete();
        message.hourly_cost = NULL;
        refused(&message, "calibration.hourly_cost");
}

static void test_out_of_range(void **state)
{
        Contracts__Calibration message = complete();
        (void)state;
        message.amount->cents = 0;
        refused(&message, "calibration.amount");
        message = complete();
        message.amount->cents = -1;
        refused(&message, "calibration.amount");
        for (uint32_t share = 0; share <= 1000001; share += 1000001) {
                message = complete();
                message.labour_share->millionths = share;
                refused(&message, "calibration.labour_share");
                message = complete();
                message.insertion_rate->millionths = share;
                refused(&message, "calibration.insertion_rate");
        }
        for (int64_t cents = 499; cents <= 20001; cents += 20001 - 499) {
                message = complete();
                message.hourly_cost->cents = cents;
                refused(&message, "calibration.hourly_cost");
        }
        message = complete();
        message.rounding = (Contracts__Rounding)77;
        refused(&message, "calibration.rounding");
}

static void test_limits_are_accepted(void **state)
{
        Contracts__Calibration message = complete();
        struct calibration calibration;
        struct refusal refusal;
        (void)state;
        message.hourly_cost->cents = 500;
        message.labour_share->millionths = 1000000;
        message.insertion_rate->millionths = 1;
        assert_true(calibration_read(&message, rules(), &calibration, &refusal));
        message.hourly_cost->cents = 20000;
        assert_true(calibration_read(&message, rules(), &calibration, &refusal));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_vector_1),
                cmocka_unit_test(test_vector_2),
                cmocka_unit_test(test_roundings),
                cmocka_unit_test(test_too_much_is_refused),
                cmocka_unit_test(test_nothing_to_warn_of),
                cmocka_unit_test(test_each_warning),
                cmocka_unit_test(test_thresholds_themselves_do_not_warn),
                cmocka_unit_test(test_all_warnings_fit),
                cmocka_unit_test(test_complete),
                cmocka_unit_test(test_incomplete),
                cmocka_unit_test(test_out_of_range),
                cmocka_unit_test(test_limits_are_accepted),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
