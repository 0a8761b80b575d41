/* Where figures come from, and a calculation in one line. */
#include "tests/unit/services/contracts/clauses/calibrating.h"

#define METHOD(NAME) CONTRACTS__CALIBRATION_METHOD__##NAME

static const Contracts__ParameterSource *source_of(const Contracts__Calibration *calibration, const char *parameter)
{
        size_t count;
        Contracts__ParameterSource **list = calibration_sources(calibration, &basis, &arena, &count);
        for (size_t i = 0; i < count; i++)
                if (strcmp(list[i]->parameter, parameter) == 0)
                        return list[i];
        return NULL;
}

static void test_sources(void **state)
{
        Contracts__Calibration *calibration = given(1000000, 700000, 50000, 3000);
        (void)state;
        assert_non_null(strstr(source_of(calibration, "labour_share")->source, "à justifier"));
        calibration->trade = arena_text(&arena, "peinture");
        assert_string_equal(plain(source_of(calibration, "labour_share")->value), "70 %");
        assert_non_null(strstr(source_of(calibration, "labour_share")->source, "Laser Emploi"));
        assert_false(source_of(calibration, "labour_share")->to_confirm);
        calibration->trade = arena_text(&arena, "vrd");
        assert_true(source_of(calibration, "labour_share")->to_confirm); /* no source has been found yet */
        assert_non_null(strstr(source_of(calibration, "labour_share")->source, "à confirmer"));
        assert_non_null(strstr(source_of(calibration, "insertion_rate")->source, "Alescévennes"));
        assert_non_null(strstr(source_of(calibration, "hourly_cost")->source, "MEFSUD"));
        assert_non_null(strstr(source_of(calibration, "year_hours")->source, "Alliance Villes Emploi"));
        assert_null(source_of(calibration, "amount_per_hour"));
        assert_null(source_of(calibration, "table"));
}

static void test_of_other_methods(void **state)
{
        Contracts__Calibration *calibration = of_method(METHOD(STEP_TABLE));
        (void)state;
        calibration->table = arena_text(&arena, "formation");
        assert_non_null(strstr(source_of(calibration, "table")->source, "guide d'acheteur"));
        assert_null(source_of(calibration, "labour_share"));
        calibration = of_method(METHOD(SHARE_OF_HOURS));
        calibration->scheme = arena_text(&arena, "npnru");
        calibration->insertion_rate = millionths(70000);
        assert_non_null(strstr(plain(source_of(calibration, "insertion_rate")->source), "NPNRU : 5 % ; charte"));
        calibration->amount_per_hour = cents(200000);
        assert_true(source_of(calibration, "amount_per_hour")->to_confirm);
}

static const char *told(const Contracts__Calibration *calibration)
{
        return plain(calibration_told(calibration, &arena));
}

static void test_in_one_line(void **state)
{
        Contracts__Calibration *calibration = given(1500000, 700000, 50000, 3000);
        (void)state;
        assert_non_null(strstr(told(calibration), "× 70 % × 5 % ÷ 30 €"));
        calibration->method = METHOD(SHARE_OF_HOURS);
        assert_non_null(strstr(told(calibration), "000 h travaillées (estimées)"));
        calibration->total_hours = whole_hours(900);
        assert_string_equal(told(calibration), "5 % de 900 h travaillées");
        calibration->method = METHOD(PER_INVOICED);
        calibration->amount_per_hour = cents(90000);
        assert_string_equal(told(calibration), "une heure par tranche pleine de 900 € facturée");
        calibration->trigger = cents(50000);
        assert_non_null(strstr(told(calibration), "facturée au-delà de 500 €"));
        calibration->method = METHOD(STEP_TABLE);
        assert_null(strstr(told(calibration), "plus courte"));
        calibration->chosen_hours = whole_hours(1);
        assert_non_null(strstr(told(calibration), "plus courte"));
        calibration->method = METHOD(FIXED_HOURS);
        assert_string_equal(told(calibration), "volume fixé");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_sources),
                cmocka_unit_test(test_of_other_methods),
                cmocka_unit_test(test_in_one_line),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
