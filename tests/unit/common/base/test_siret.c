/* Which numbers are a company's, and when two are one company's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "common/base/siret.h"

static void sirets_pass_the_check_of_luhn(void **state)
{
        (void)state;
        static const char *const good[] = {
                "35600000000048", /* La Poste, its seat: passes Luhn like any other */
                "35600000049837", /* La Poste, an establishment: fails Luhn, its digits sum to a multiple of five */
                "73282932000074",
        };
        static const char *const bad[] = {
                "",
                "7328293200007",
                "12345678901234",
                "11122233344455",
                "00000000000018",
                "732829320000741",
                "73282932000075",
                "7328293200007a",
                " 73282932000074",
                "732 829 320 00074",
                "00000000000000",
                "35600000049838",
                "TAHITI12345678",
        };
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                assert_true(siret_valid(good[i]));
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(siret_valid(bad[i]));
}

static void any_wrong_digit_breaks_a_siret(void **state)
{
        (void)state;
        for (int at = 0; at < 14; at++) {
                for (char digit = '0'; digit <= '9'; digit++) {
                        char siret[] = "73282932000074";
                        int same = siret[at] == digit;
                        siret[at] = digit;
                        assert_int_equal(siret_valid(siret), same);
                }
        }
}

/* The key of the whole holds, that of the company does not. */
static void the_company_has_a_key_of_its_own(void **state)
{
        (void)state;
        assert_false(siret_valid("73282932100072"));
        assert_true(siren_valid("732829320"));
        assert_false(siren_valid("732829321"));
        assert_false(siren_valid("000000000"));
        assert_false(siren_valid("73282932"));
        assert_false(siren_valid("73282932000074"));
}

static void only_real_numbers_make_one_company(void **state)
{
        (void)state;
        assert_true(siret_same_company("73282932000074", "73282932000074"));
        assert_true(siret_same_company("35600000000048", "35600000049837"));
        assert_false(siret_same_company("73282932000074", "35600000000048"));
        assert_false(siret_same_company("00000000000000", "00000000000000"));
        assert_false(siret_same_company("73282932000075", "73282932000074"));
        assert_false(siret_same_company("", ""));
}

static void a_number_that_is_made_up_is_valid(void **state)
{
        (void)state;
        char siret[SIRET_DIGITS + 1];
        for (unsigned company = 1; company < 99999999; company += 12345) {
                siret_make(company, company % 10000, siret);
                assert_true(siret_valid(siret));
        }
        siret_make(99900001, 1, siret);
        assert_string_equal(siret, "99900001100018");
}

static void a_lost_zero_is_put_back_where_the_keys_hold(void **state)
{
        (void)state;
        char siret[SIRET_DIGITS + 1] = "";
        assert_true(siret_with_zero("5520000000010", siret));
        assert_string_equal(siret, "05520000000010");
        assert_false(siret_with_zero("5520000000011", siret));
        assert_false(siret_with_zero("552000000001", siret));
        assert_false(siret_with_zero("73282932000074", siret));
        assert_string_equal(siret, "05520000000010");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(sirets_pass_the_check_of_luhn),
                cmocka_unit_test(any_wrong_digit_breaks_a_siret),
                cmocka_unit_test(the_company_has_a_key_of_its_own),
                cmocka_unit_test(only_real_numbers_make_one_company),
                cmocka_unit_test(a_lost_zero_is_put_back_where_the_keys_hold),
                cmocka_unit_test(a_number_that_is_made_up_is_valid),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
