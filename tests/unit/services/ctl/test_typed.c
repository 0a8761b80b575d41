/* What people type: understood as it was meant, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/attr.h"
#include "services/ctl/typed.h"

static void amounts_as_people_write_them(void **state)
{
        (void)state;
        static const struct {
                const char *text;
                int64_t cents;
        } good[] = {
                {"1 000 000", 100000000}, {"1 000 000,50 €", 100000050}, {"1\u202f000\u202f000 €", 100000000},
                {"1\u00a0000,5", 100050}, {"82238.00", 8223800},         {"8450,20", 845020},
                {"1,2 M€", 120000000},    {"350 k€", 35000000},          {"1.200.000,00 € HT", 120000000},
                {"-500", -50000},         {"- 1 000,25 €", -100025},     {"0", 0},
        };
        static const char *const bad[] = {
                "",         "mille",       "1.234 €", "1,234", "10 %", "1 000 000 € TTC", "12,345,6", "entre 1 et 2 k€",
                "1234,567", "1 234,567 €", "--5",     "€",     "1e6",
        };
        struct money money;
        for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
                if (!typed_money(good[i].text, &money) || money_cents(money) != good[i].cents)
                        fail_msg("%s", good[i].text);
        }
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                if (typed_money(bad[i], &money))
                        fail_msg("%s is understood, as %lld", bad[i], (long long)money_cents(money));
}

static void shares_as_people_write_them(void **state)
{
        (void)state;
        static const struct {
                const char *text;
                uint32_t millionths;
        } good[] = {
                {"5 %", 50000},  {"5%", 50000},      {"12,5 %", 125000}, {"0,05", 50000},
                {"0.05", 50000}, {"100 %", 1000000}, {"0 %", 0},         {"2,0001\u00a0%", 20001},
        };
        static const char *const bad[] = {"", "%", "101 %", "-5 %", "5 pour cent", "5 % environ", "0,00001 %", "cinq"};
        struct share share;
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                if (!typed_share(good[i].text, &share) || share_millionths(share) != good[i].millionths)
                        fail_msg("%s", good[i].text);
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                if (typed_share(bad[i], &share))
                        fail_msg("%s is understood", bad[i]);
}

static void hours_as_people_write_them(void **state)
{
        (void)state;
        static const struct {
                const char *text;
                int64_t hundredths;
        } good[] = {
                {"151h40", 15167},   {"151,67", 15167}, {"151.67", 15167}, {"1 820 h", 182000},
                {"35 heures", 3500}, {"7:30", 750},     {"-3", -300},      {"20 000 h", 2000000},
        };
        static const char *const bad[] = {"", "h", "151,667", "35h75", "35 à 40", "un mois", "1,5 jour"};
        struct hours hours;
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                if (!typed_hours(good[i].text, &hours) || hours_hundredths(hours) != good[i].hundredths)
                        fail_msg("%s", good[i].text);
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                if (typed_hours(bad[i], &hours))
                        fail_msg("%s is understood, as %lld", bad[i], (long long)hours_hundredths(hours));
}

static void days_as_people_write_them(void **state)
{
        (void)state;
        static const char *const good[] = {"15/03/2027", "2027-03-15", "15 mars 2027", "15.03.2027", "15-03-2027"};
        static const char *const bad[] = {"",         "31/02/2027", "03/15/2027", "15/03", "mars 2027",
                                          "15/03/27", "46463",      "demain",     "2027"};
        struct day day, expected = day_of_civil((struct civil){2027, 3, 15});
        struct month month;
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                if (!typed_day(good[i], &day) || day_number(day) != day_number(expected))
                        fail_msg("%s", good[i]);
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                if (typed_day(bad[i], &day))
                        fail_msg("%s is understood", bad[i]);
        assert_true(typed_month("11/2026", &month) && month_number(month) == (2026 - 1970) * 12 + 10);
        assert_true(typed_month("novembre 2026", &month) && month_number(month) == (2026 - 1970) * 12 + 10);
        assert_false(typed_month("novembre", &month));
        assert_false(typed_month("46463", &month));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(amounts_as_people_write_them),
                cmocka_unit_test(shares_as_people_write_them),
                cmocka_unit_test(hours_as_people_write_them),
                cmocka_unit_test(days_as_people_write_them),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
