/* The department where a contract is carried out. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/place.h"

static void test_territory(void **state)
{
        static const struct {
                Contracts__PlaceKind kind;
                char code[16];
                const char *territory; /* "": it does not tell */
        } cases[] = {
                {CONTRACTS__PLACE_KIND__COMMUNE, "31555", "31"},
                {CONTRACTS__PLACE_KIND__COMMUNE, "2A004", "2A"},
                {CONTRACTS__PLACE_KIND__COMMUNE, "97105", "971"},
                {CONTRACTS__PLACE_KIND__POSTCODE, "31000", "31"},
                {CONTRACTS__PLACE_KIND__POSTCODE, "20000", "2A"},
                {CONTRACTS__PLACE_KIND__POSTCODE, "20137", "2A"},
                {CONTRACTS__PLACE_KIND__POSTCODE, "20200", "2B"},
                {CONTRACTS__PLACE_KIND__POSTCODE, "20600", "2B"},
                {CONTRACTS__PLACE_KIND__POSTCODE, "97400", "974"},
                {CONTRACTS__PLACE_KIND__POSTCODE, "2A004", ""},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "31", "31"},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "2B", "2B"},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "99", ""},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "Haute-Garonne", ""},
                {CONTRACTS__PLACE_KIND__REGION, "76", ""},
                {CONTRACTS__PLACE_KIND__COUNTRY, "99100", ""},
                {CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN, "31", ""},
                {CONTRACTS__PLACE_KIND__COMMUNE, "INO", ""},
                {CONTRACTS__PLACE_KIND__COMMUNE, "4004", "04"},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "1", "01"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char code[sizeof(cases[i].code)], territory[TERRITORY_TEXT_SIZE] = "xxx";
                Contracts__Place place = CONTRACTS__PLACE__INIT;
                memcpy(code, cases[i].code, sizeof(code));
                place.kind = cases[i].kind;
                place.code = code;
                assert_int_equal(place_territory(&place, territory), cases[i].territory[0] != '\0');
                assert_string_equal(territory, cases[i].territory);
        }
}

static void test_codes_that_lost_a_zero(void **state)
{
        static const struct {
                Contracts__PlaceKind kind;
                const char *code, *mended; /* NULL: left as it is */
        } cases[] = {
                {CONTRACTS__PLACE_KIND__COMMUNE, "4004", "04004"},
                {CONTRACTS__PLACE_KIND__COMMUNE, "04004", NULL},
                {CONTRACTS__PLACE_KIND__COMMUNE, "404", NULL},
                {CONTRACTS__PLACE_KIND__COMMUNE, "0004", NULL},
                {CONTRACTS__PLACE_KIND__POSTCODE, "1000", "01000"},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "1", "01"},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "0", NULL},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "031", "31"},
                {CONTRACTS__PLACE_KIND__DEPARTMENT, "31", NULL},
                {CONTRACTS__PLACE_KIND__REGION, "4", "04"},
                {CONTRACTS__PLACE_KIND__REGION, "5", NULL},
                {CONTRACTS__PLACE_KIND__ARRONDISSEMENT, "43", "043"},
                {CONTRACTS__PLACE_KIND__CANTON, "410", "0410"},
                {CONTRACTS__PLACE_KIND__COUNTRY, "9910", NULL},
                {CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN, "1", NULL},
                {CONTRACTS__PLACE_KIND__REGION, "", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char code[COMMUNE_TEXT_SIZE] = "";
                assert_int_equal(place_code_mended(cases[i].kind, cases[i].code, code), cases[i].mended != NULL);
                if (cases[i].mended != NULL)
                        assert_string_equal(code, cases[i].mended);
        }
}

static void test_no_place(void **state)
{
        char territory[TERRITORY_TEXT_SIZE] = "xxx";
        (void)state;
        assert_false(place_territory(NULL, territory));
        assert_string_equal(territory, "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_territory),
                cmocka_unit_test(test_codes_that_lost_a_zero),
                cmocka_unit_test(test_no_place),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
