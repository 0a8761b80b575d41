/* What is odd, and said. */
#include "tests/unit/services/contracts/clauses/calibrating.h"

#define METHOD(NAME) CONTRACTS__CALIBRATION_METHOD__##NAME

static struct calibration_warnings warned(const Contracts__Calibration *calibration)
{
        struct calibration_result result = computed(calibration);
        return calibration_warn(calibration, &result, &basis, &arena);
}

static void warned_once(const Contracts__Calibration *calibration, const char *says)
{
        struct calibration_warnings warnings = warned(calibration);
        assert_int_equal(warnings.count, 1);
        if (strstr(plain(warnings.texts[0]), says) == NULL)
                fail_msg("« %s » does not say « %s »", warnings.texts[0], says);
}

static int forget_the_lot(void **state)
{
        (void)state;
        basis.duration_months = 0;
        return 0;
}

static void test_nothing_to_warn_of(void **state)
{
        (void)state;
        assert_int_equal(warned(given(1000000, 500000, 50000, 3000)).count, 0);
        basis.duration_months = 12;
        assert_int_equal(warned(given(1000000, 500000, 50000, 3000)).count, 0);
}

static void test_figures(void **state)
{
        (void)state;
        warned_once(given(1000, 500000, 50000, 3000), "Le calcul donne 0 h");
        warned_once(given(178800, 500000, 50000, 3000), "149 h, c'est trop peu pour embaucher quelqu'un (moins de");
        warned_once(given(540000, 500000, 50000, 3000), "450 h, c'est moins d'un trimestre d'une personne à temps");
        warned_once(given(1000000, 199999, 200000, 3000),
                    "Part de main-d'œuvre de 19,9999 % : plus faible que dans tous les métiers connus (Charpente "
                    "métallique : 20 %)");
        warned_once(given(1000000, 950000, 50000, 3000), "Part de main-d'œuvre de 95 % : plus forte");
        warned_once(given(1000000, 500000, 49000, 3000), "Part d'insertion de 4,9 % : l'usage va de 5 % à 20 %");
        warned_once(given(1000000, 500000, 210000, 3000), "Part d'insertion de 21 %");
        warned_once(given(1000000, 500000, 50000, 3050), "Coût horaire de 30,50 € : l'usage va de 20 € à 30 €");
        warned_once(given(1000000, 500000, 50000, 1999), "Coût horaire de 19,99 €");
}

static void test_a_trade(void **state)
{
        Contracts__Calibration *calibration = given(1000000, 600000, 50000, 3000);
        (void)state;
        calibration->trade = arena_text(&arena, "peinture");
        warned_once(calibration, "l'usage du métier « Peinture intérieure » va de 70 % à 70 %");
        calibration->labour_share = millionths(700000);
        assert_int_equal(warned(calibration).count, 0);
}

static void test_thresholds_themselves_do_not_warn(void **state)
{
        (void)state;
        assert_int_equal(warned(given(546000, 500000, 50000, 3000)).count, 0); /* 455 h */
        warned_once(given(180000, 500000, 50000, 3000), "trimestre");          /* 150 h: enough to hire */
}

static void test_invoiced(void **state)
{
        Contracts__Calibration *calibration = of_method(METHOD(PER_INVOICED));
        (void)state;
        calibration->amount = cents(270000000);
        calibration->trigger = cents(270000000);
        calibration->amount_per_hour = cents(200000);
        warned_once(calibration, "n'atteint pas une heure au-delà du seuil");
        calibration->amount = cents(500000000);
        assert_int_equal(warned(calibration).count, 0);
        calibration->amount_per_hour = cents(50000);
        warned_once(calibration, "Montant facturé par heure de 500 € : l'usage va de");
}

static void test_a_short_contract(void **state)
{
        (void)state;
        basis.duration_months = 3;
        warned_once(given(1000000, 500000, 50000, 3000), "Le lot dure 3 mois : moins de 4 mois");
        Contracts__Calibration *calibration = given(1000000, 500000, 50000, 3000);
        calibration->duration_months = 4; /* said with the calculation */
        assert_int_equal(warned(calibration).count, 0);
}

static void test_no_room_for_so_many(void **state)
{
        Contracts__Calibration *calibration = of_method(METHOD(FIXED_HOURS));
        (void)state;
        calibration->chosen_hours = whole_hours(3200);
        assert_int_equal(warned(calibration).count, 0); /* the lot's hours are not known */
        calibration->total_hours = whole_hours(8000);
        warned_once(calibration, "de travail en tout : plus de 30 %, le lot aura peine");
        basis.duration_months = 12;
        warned_once(calibration, "soit 3 personnes à plein temps pendant 12 mois là où le lot en occupe 6.");
        calibration->total_hours = whole_hours(12000);
        assert_int_equal(warned(calibration).count, 0);
}

static void test_a_target(void **state)
{
        char *codes[] = {(char *)"B_QPV"};
        Contracts__Calibration *calibration = given(1000000, 500000, 50000, 3000);
        (void)state;
        calibration->target_publics = codes;
        calibration->n_target_publics = 1;
        warned_once(calibration, "Habitant d'un quartier prioritaire");
}

static void test_all_at_once(void **state)
{
        (void)state;
        basis.duration_months = 1;
        assert_int_equal(warned(given(10, 1, 1, 20000)).count, 5);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup(test_nothing_to_warn_of, forget_the_lot),
                cmocka_unit_test_setup(test_figures, forget_the_lot),
                cmocka_unit_test_setup(test_a_trade, forget_the_lot),
                cmocka_unit_test_setup(test_thresholds_themselves_do_not_warn, forget_the_lot),
                cmocka_unit_test_setup(test_invoiced, forget_the_lot),
                cmocka_unit_test_setup(test_a_short_contract, forget_the_lot),
                cmocka_unit_test_setup(test_no_room_for_so_many, forget_the_lot),
                cmocka_unit_test_setup(test_a_target, forget_the_lot),
                cmocka_unit_test_setup(test_all_at_once, forget_the_lot),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
