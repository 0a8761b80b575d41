/* The calculation in words for the buyer: figures with their sources, what is to confirm, what is odd. */
#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

#include "services/contracts/drafting/estimate.h"

static struct arena arena;
static Contracts__CalibrateReply *result;

static int begin(void **state)
{
        (void)state;
        arena_init(&arena);
        result = pb_new(&contracts__calibrate_reply__descriptor, &arena);
        result->calibration = pb_new(&contracts__calibration__descriptor, &arena);
        result->calibration->method = CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS;
        result->hours = hours_to(&arena, hours_of_hundredths(83300));
        result->exact = hours_to(&arena, hours_of_hundredths(83333));
        result->weeks_35h = hours_to(&arena, hours_of_hundredths(2380));
        result->full_time_equivalent = decimal_to(&arena, decimal_of_millionths(520625));
        return 0;
}

static int end(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static void put_source(const char *parameter, const char *value, const char *source, bool to_confirm)
{
        Contracts__ParameterSource *one = pb_new(&contracts__parameter_source__descriptor, &arena);
        one->parameter = arena_text(&arena, parameter);
        one->value = arena_text(&arena, value);
        one->source = arena_text(&arena, source);
        one->to_confirm = to_confirm;
        result->sources = pb_append(result->sources, &result->n_sources, sizeof(one), &arena);
        result->sources[result->n_sources - 1] = one;
}

static void test_figures_and_what_is_to_confirm(void **state)
{
        (void)state;
        put_source("labour_share", "50 %", "usage", false);
        put_source("hourly_cost", "30 €", "à confirmer", true);
        struct estimate estimate = estimate_told(result, &arena);
        assert_string_equal(estimate.figures, "- part de main-d'œuvre : 50 % (usage) ;\n"
                                              "- coût horaire : 30 € (à confirmer).");
        assert_int_equal(estimate.to_confirm_count, 1);
        assert_string_equal(estimate.to_confirm[0], "coût horaire : 30 € (à confirmer)");
}

static void test_rounding_is_told(void **state)
{
        (void)state;
        assert_string_equal(estimate_told(result, &arena).calculation,
                            "volume fixé = 833,33\u00a0h, arrondies à 833\u00a0h");
        result->exact = result->hours;
        assert_string_equal(estimate_told(result, &arena).calculation, "volume fixé");
}

static void test_what_is_not_known_is_empty(void **state)
{
        char *odd[] = {(char *)"un", (char *)"deux"};
        (void)state;
        struct estimate estimate = estimate_told(result, &arena);
        assert_string_equal(estimate.amount, "");
        assert_string_equal(estimate.warnings, "");
        assert_string_equal(estimate.equivalents,
                            "23,8 semaines de 35\u00a0h, soit 0,52 équivalent temps plein pendant un an");
        result->warnings = odd;
        result->n_warnings = 2;
        assert_string_equal(estimate_told(result, &arena).warnings, "- un\n- deux");
}

static void test_conversion(void **state)
{
        (void)state;
        assert_string_equal(conversion_told(result->calibration, &arena), "");
        result->calibration->hourly_cost = money_to(&arena, money_of_cents(3000));
        result->calibration->labour_share = share_to(&arena, share_of_millionths(0));
        assert_string_equal(conversion_told(result->calibration, &arena), ""); /* nothing would be counted */
        result->calibration->labour_share = share_to(&arena, share_of_millionths(500000));
        assert_string_equal(conversion_told(result->calibration, &arena),
                            "montant facturé hors taxes × 50\u00a0% (part de main-d'œuvre) ÷ 30\u00a0€ (coût horaire)");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_figures_and_what_is_to_confirm, begin, end),
                cmocka_unit_test_setup_teardown(test_rounding_is_told, begin, end),
                cmocka_unit_test_setup_teardown(test_what_is_not_known_is_empty, begin, end),
                cmocka_unit_test_setup_teardown(test_conversion, begin, end),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
