/* Cells of lists as people write them. */
#include "tests/lib/engine_fixture.h"

#include "common/import/cells.h"

static void test_amounts(void **state)
{
        static const struct {
                const char *text;
                int64_t cents; /* -1: not understood */
        } vectors[] = {
                {"1 200 000 €", 120000000},
                {"1\u00a0200\u202f000,00 € HT", 120000000},
                {"1200000", 120000000},
                {"1200000.0", 120000000},
                {"1.200.000 €", 120000000},
                {"1,200,000.00", 120000000},
                {"1.200.000,50", 120000050},
                {"1'200'000", 120000000},
                {"1,2 M€", 120000000},
                {"1.25M€", 125000000},
                {"0,35 million d'euros", 35000000},
                {"350 k€", 35000000},
                {"350 K€ HT", 35000000},
                {"12,5k€", 1250000},
                {"1,234 M€", 123400000},
                {"1.200", 120000},
                {"12,500", 1250000},
                {"12,50", 1250},
                {"40 000 euros H.T.", 4000000},
                {"0", 0},
                {"350000.125", 35000012},
                {"999999999999", 99999999999900},
                {"1 200 000 € TTC", -1},
                {"10 %", -1},
                {"entre 100 k€ et 200 k€", -1},
                {"100 k€ - 200 k€", -1},
                {"100-200", -1},
                {"-5", -1},
                {"1.20.000", -1},
                {"1.2000.000", -1},
                {"12.0000,5", -1},
                {"1,2,3", -1},
                {",5", -1},
                {"€", -1},
                {"", -1},
                {"beaucoup", -1},
                {"9999999999999", -1},
                {"99999999999999999999999999", -1},
                {"12 tonnes", -1},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                struct money money = money_of_cents(-1);
                bool read = cell_amount(vectors[i].text, &money);
                if (read != (vectors[i].cents >= 0) || money_cents(money) != vectors[i].cents)
                        fail_msg("« %s »: %lld", vectors[i].text, (long long)money_cents(money));
        }
}

static void test_months(void **state)
{
        static const struct {
                const char *text;
                uint32_t months; /* 0: not understood */
        } vectors[] = {
                {"12", 12},
                {"24 mois", 24},
                {"24.0", 24},
                {"1 an", 12},
                {"2 ans", 24},
                {"4 années", 48},
                {"1,5 an", 18},
                {"2 ans et 6 mois", 30},
                {"12 mois ferme + 12 mois", 24},
                {"6 semaines", 2},
                {"90 jours", 3},
                {"91 jours", 4},
                {"1 an reconductible 3 fois", 48},
                {"12 mois (renouvelable 1 fois)", 24},
                {"1 an reconductible", 12},
                {"1 an renouvelable tacitement 2 fois", 36},
                {"0", 0},
                {"", 0},
                {"longtemps", 0},
                {"selon besoin", 0},
                {"2 ans 6", 0},
                {"3 fois", 0},
                {"1 an reconductible 3 fois 1 an", 0},
                {"2000 ans", 0},
                {"99999999999999999999", 0},
                {"1 2 3 4 5 6 7 8 9 10 11 12 13 14", 0},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                uint32_t months = 0;
                bool read = cell_months(vectors[i].text, &months);
                if (read != (vectors[i].months > 0) || months != vectors[i].months)
                        fail_msg("« %s »: %u", vectors[i].text, months);
        }
}

static void test_launches(void **state)
{
        static const struct {
                const char *text, *day; /* NULL: not understood */
        } vectors[] = {
                {"15/03/2027", "2027-03-15"},
                {"5/3/27", "2027-03-05"},
                {"15-03-2027", "2027-03-15"},
                {"15.03.2027", "2027-03-15"},
                {"1.3.2027", "2027-03-01"},
                {"2027-03-15", "2027-03-15"},
                {"2027-03-15 00:00:00", "2027-03-15"},
                {"15/03/2027 14:30", "2027-03-15"},
                {"03/2027", "2027-03-01"},
                {"2027-03", "2027-03-01"},
                {"15/03", "2027-03-15"},
                {"mars 2027", "2027-03-01"},
                {"Mars", "2027-03-01"},
                {"mars-28", "2028-03-01"},
                {"15 mars 2027", "2027-03-15"},
                {"1er février 2027", "2027-02-01"},
                {"2027 mars", "2027-03-01"},
                {"début août 2027", "2027-08-01"},
                {"déc. 2026", "2026-12-01"},
                {"T2 2027", "2027-04-01"},
                {"2027-T2", "2027-04-01"},
                {"2T27", "2027-04-01"},
                {"T4", "2027-10-01"},
                {"2e trimestre 2027", "2027-04-01"},
                {"1er trimestre", "2027-01-01"},
                {"S2 2027", "2027-07-01"},
                {"2ème semestre 2027", "2027-07-01"},
                {"2027", "2027-01-01"},
                {"31/02/2027", NULL},
                {"15/13/2027", NULL},
                {"T5 2027", NULL},
                {"S3 2027", NULL},
                {"32 mars 2027", NULL},
                {"1815", NULL},
                {"15/03/1999", NULL},
                {"12", NULL},
                {"dès que possible", NULL},
                {"mars ou avril 2027", NULL},
                {"mars avril 2027", NULL},
                {"1 2 3 4", NULL},
                {":", NULL},
                {"", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                char text[DAY_TEXT_SIZE] = "";
                struct day day;
                bool read = cell_launch(vectors[i].text, 2027, &day);
                if (read)
                        day_format(day, text);
                if (read != (vectors[i].day != NULL) || (read && strcmp(text, vectors[i].day) != 0))
                        fail_msg("« %s »: %s", vectors[i].text, read ? text : "not understood");
        }
}

static void test_day_numbers(void **state)
{
        static const struct {
                const char *text, *day;
        } vectors[] = {
                {"46463", "2027-03-17"},
                {"46463.75", "2027-03-17"},
                {"46463.", "2027-03-17"},
                {"36526", "2000-01-01"},
                {"73415", "2100-12-31"},
                {"36525", NULL},
                {"73416", NULL},
                {"2027", NULL},
                {"46463 €", NULL},
                {"464630000", NULL},
                {"", NULL},
                {".5", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                char text[DAY_TEXT_SIZE] = "";
                struct day day;
                bool read = cell_day_number(vectors[i].text, &day);
                if (read)
                        day_format(day, text);
                if (read != (vectors[i].day != NULL) || (read && strcmp(text, vectors[i].day) != 0))
                        fail_msg("« %s »: %s", vectors[i].text, text);
        }
}

static void test_codes(void **state)
{
        static const struct {
                const char *text, *cpv;
        } vectors[] = {
                {"45000000-7", "45000000-7"},
                {"45000000", "45000000"},
                {"45 00 00 00", "45000000"},
                {"45000000-7 - Travaux de construction", "45000000-7"},
                {"CPV : 45442100-8", "45442100-8"},
                {"3000000", "03000000"},
                {"9310000-5", "09310000-5"},
                {"4500000", NULL}, /* no division 04 */
                {"12345678", NULL},
                {"90910000.0", "90910000"},
                {"4500", NULL},
                {"450000001", NULL},
                {"peinture", NULL},
                {"", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                char cpv[CELL_CPV_SIZE] = "";
                bool read = cell_cpv(vectors[i].text, cpv);
                if (read != (vectors[i].cpv != NULL) || (read && strcmp(cpv, vectors[i].cpv) != 0))
                        fail_msg("« %s »: %s", vectors[i].text, cpv);
        }
}

static void test_lots_and_answers(void **state)
{
        static const struct {
                const char *text;
                int lots; /* -1: not understood */
        } vectors[] = {
                {"3", 3},   {"3 lots", 3},    {"3.0", 3},   {"lot unique", 1}, {"Non", 1},
                {"oui", 0}, {"alloti", 0},    {"1,5", -1},  {"3 ou 4", -1},    {"plusieurs", -1},
                {"", -1},   {"3 pièces", -1}, {"1000", -1},
        };
        bool answer = false;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                uint32_t lots = 0;
                bool read = cell_lots(vectors[i].text, &lots);
                if (read != (vectors[i].lots >= 0) || (read && (int)lots != vectors[i].lots))
                        fail_msg("« %s »: %u", vectors[i].text, lots);
        }
        assert_true(cell_yes_no("Oui", &answer) && answer);
        assert_true(cell_yes_no("X", &answer) && answer);
        assert_true(cell_yes_no("non", &answer) && !answer);
        assert_false(cell_yes_no("peut-être", &answer));
}

static void test_hours(void **state)
{
        static const struct {
                const char *text;
                int64_t hundredths; /* -1: not understood */
        } vectors[] = {
                {"151,67", 15167},
                {"151.67", 15167},
                {"151.66999999", 15167},
                {"35", 3500},
                {" 35 h ", 3500},
                {"35h30", 3550},
                {"35 H 20", 3533},
                {"7:30", 750},
                {"12 heures", 1200},
                {"0", 0},
                {"151,667", 15167},
                {"-5", -1},
                {"35-40", -1},
                {"", -1},
                {"35h75", -1},
                {"151:40:00", 15167},
                {"beaucoup", -1},
                {"1 200", -1},
                {"12 jours", -1},
                {"7:3", -1},
                {"1234567", -1},
                {"3,5,1", -1},
                {"h", -1},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                struct hours hours = hours_of_hundredths(-1);
                bool read = cell_hours(vectors[i].text, &hours);
                if (read != (vectors[i].hundredths >= 0) || hours_hundredths(hours) != vectors[i].hundredths)
                        fail_msg("« %s »: %lld", vectors[i].text, (long long)hours_hundredths(hours));
        }
}

static void test_hours_in_all(void **state)
{
        static const struct {
                const char *text;
                int64_t hundredths; /* -1: not understood */
        } vectors[] = {
                {"1 820", 182000},
                {"1\u202f820,5 h", 182050},
                {"12.500", 1250000},
                {"1.820,50", 182050},
                {"1 000,5", 100050},
                {"1820h30", 182050},
                {"35", 3500},
                {"151,67", 15167},
                {"1820.5 heures", 182050},
                {"-5", -1},
                {"10 %", -1},
                {"beaucoup", -1},
                {"", -1},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                struct hours hours = hours_of_hundredths(-1);
                bool read = cell_hours_in_all(vectors[i].text, &hours);
                if (read != (vectors[i].hundredths >= 0) || hours_hundredths(hours) != vectors[i].hundredths)
                        fail_msg("« %s »: %lld", vectors[i].text, (long long)hours_hundredths(hours));
        }
}

static void test_which_lot(void **state)
{
        static const struct {
                const char *text;
                int lot; /* -1: not understood */
        } vectors[] = {
                {"2", 2},          {"Lot 2 - gros œuvre", 2},
                {"LOT N°03", 3},   {"lot n° 12 : peinture (2e)", 12},
                {"2.0", 2},        {"02 Peinture", 2},
                {"Lot unique", 1}, {"unique", 1},
                {"peinture", -1},  {"", -1},
                {"0", -1},         {"1000", -1},
                {"2.1", -1},       {"tranche 2", -1},
                {"lot", -1},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                uint32_t lot = 0;
                bool read = cell_lot(vectors[i].text, &lot);
                if (read != (vectors[i].lot >= 0) || (read && (int)lot != vectors[i].lot))
                        fail_msg("« %s »: %u", vectors[i].text, lot);
        }
}

static void test_month_names(void **state)
{
        static const char *const november[] = {"11/2026",  "2026-11",    "novembre 2026", "Nov-26", "NOV. 2026",
                                               "01/11/26", "2026-11-30", "2026 novembre", "46327"};
        static const char *const none[] = {"", "novembre", "2026", "T4 2026", "15/11", "13/2026", "11"};
        struct month month = month_of_number(0);
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(november); i++) {
                if (!cell_month(november[i], &month))
                        fail_msg("« %s »", november[i]);
                assert_int_equal(month_number(month), (2026 - 1970) * 12 + 10);
        }
        for (size_t i = 0; i < ARRAY_SIZE(none); i++)
                if (cell_month(none[i], &month))
                        fail_msg("« %s » : %d", none[i], month_number(month));
}

static void test_sirets(void **state)
{
        static const struct {
                const char *text;
                enum cell_siret is;
        } vectors[] = {
                {"13002526500013", CELL_SIRET_GOOD},
                {"130 025 265 00013", CELL_SIRET_GOOD},
                {"130\u00a0025\u202f265 00013", CELL_SIRET_GOOD},
                {"1,3003E+13", CELL_SIRET_EXPONENT},
                {"1.30025265E13", CELL_SIRET_EXPONENT},
                {"3002526500013", CELL_SIRET_ZERO_LOST},
                {"13002526500014", CELL_SIRET_WRONG_KEY},
                {"5520000000010", CELL_SIRET_GOOD}, /* with a zero before it both keys hold */
                {"130025265", CELL_SIRET_OTHER},
                {"130025265000131", CELL_SIRET_OTHER},
                {"", CELL_SIRET_OTHER},
                {"inconnu", CELL_SIRET_OTHER},
                {"E", CELL_SIRET_OTHER},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                char siret[CELL_SIRET_SIZE] = "";
                if (cell_siret(vectors[i].text, siret) != vectors[i].is)
                        fail_msg("« %s »", vectors[i].text);
                const char *read = vectors[i].text[0] == '5' ? "05520000000010" : "13002526500013";
                assert_string_equal(siret, vectors[i].is == CELL_SIRET_GOOD ? read : "");
        }
}

static void test_territories(void **state)
{
        static const char *const vectors[][2] = {
                {"31", "31"},
                {"1", "01"},
                {"031", "31"},
                {"2a", "2A"},
                {"2B", "2B"},
                {"974", "974"},
                {"Haute-Garonne (31)", "31"},
                {"31 - Haute-Garonne", "31"},
                {"20", NULL},
                {"99", NULL},
                {"", NULL},
                {"Haute-Garonne", NULL},
                {"31000", NULL},
                {"0", NULL},
                {"2C", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                char territory[TERRITORY_TEXT_SIZE] = "";
                if (cell_territory(vectors[i][0], territory) != (vectors[i][1] != NULL))
                        fail_msg("« %s » : %s", vectors[i][0], territory);
                assert_string_equal(territory, vectors[i][1] == NULL ? "" : vectors[i][1]);
        }
}

static void test_days(void **state)
{
        static const char *const seventeen[] = {"17/05/1990", "1990-05-17", "17 mai 1990",   "17.05.1990",
                                                "33010",      "33010.0",    "le 17 mai 1990"};
        static const char *const none[] = {"",        "17/05/90", "mai 1990",   "1990", "31/02/1990", "17/05",
                                           "T2 1990", "99999999", "17/05/1890", "12",   "hier",       "17/05/1990/2"};
        struct day day = day_of_number(0);
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(seventeen); i++) {
                if (!cell_day(seventeen[i], &day))
                        fail_msg("« %s »", seventeen[i]);
                assert_int_equal(day_number(day), day_number(day_of_civil((struct civil){1990, 5, 17})));
        }
        for (size_t i = 0; i < ARRAY_SIZE(none); i++)
                if (cell_day(none[i], &day))
                        fail_msg("« %s »", none[i]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_amounts),   cmocka_unit_test(test_months),
                cmocka_unit_test(test_launches),  cmocka_unit_test(test_day_numbers),
                cmocka_unit_test(test_codes),     cmocka_unit_test(test_lots_and_answers),
                cmocka_unit_test(test_hours),     cmocka_unit_test(test_hours_in_all),
                cmocka_unit_test(test_which_lot), cmocka_unit_test(test_month_names),
                cmocka_unit_test(test_sirets),    cmocka_unit_test(test_territories),
                cmocka_unit_test(test_days),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
