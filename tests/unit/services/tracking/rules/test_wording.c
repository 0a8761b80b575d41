#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "services/tracking/rules/wording.h"

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

static void test_french_dates(void **state)
{
        (void)state;
        char text[DAY_WORDING_SIZE];
        day_wording(day(2026, 3, 1), text);
        assert_string_equal(text, "01/03/2026");
        month_wording(month_of_day(day(2026, 12, 31)), text);
        assert_string_equal(text, "12/2026");
}

static void test_days(void **state)
{
        (void)state;
        assert_int_equal(day_number(month_last_day(month_of_day(day(2024, 2, 3)))), day_number(day(2024, 2, 29)));
        assert_int_equal(day_number(month_last_day(month_of_day(day(2026, 12, 3)))), day_number(day(2026, 12, 31)));
}

static void test_social_security_numbers(void **state)
{
        (void)state;
        static const char *const held[] = {
                "185057800608436",
                "1850578006084",
                "NIR 1 85 05 78 006 084 36.",
                "2 99 12 2A 123 456 78",
                "vu, 2-99-12-2b-123-456 !",
                "né(e) 3850578006084",
        };
        static const char *const not_held[] = {
                "",
                "06 39 98 71 43",
                "0033 6 39 98 71 43",
                "SIRET 356 000 000 00048",
                "12345678901",
                "le 12/05/2026 à 14 h",
                "contrat 2026-0012",
                "18505780060843612",
        };
        for (size_t i = 0; i < ARRAY_SIZE(held); i++)
                if (!text_holds_nir(held[i]))
                        fail_msg("passes: %s", held[i]);
        for (size_t i = 0; i < ARRAY_SIZE(not_held); i++)
                if (text_holds_nir(not_held[i]))
                        fail_msg("does not pass: %s", not_held[i]);
}

static void test_lists_of_territories(void **state)
{
        (void)state;
        assert_true(territory_listed("", "31"));
        assert_true(territory_listed("31", "31"));
        assert_true(territory_listed("09,31,2A", "2A"));
        assert_true(territory_listed("09, 31 , 81", "31"));
        assert_false(territory_listed("971,972", "97"));
        assert_false(territory_listed("09,31", "3"));
        assert_false(territory_listed("09,31", ""));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_french_dates),
                cmocka_unit_test(test_days),
                cmocka_unit_test(test_social_security_numbers),
                cmocka_unit_test(test_lists_of_territories),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
