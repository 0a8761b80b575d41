#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/decp_labels.h"

static void a_concession_has_its_own_word(void **state)
{
        (void)state;
        assert_string_equal(
                decp_social_label(CONTRACTS__CONTRACT_KIND__MARKET, CONTRACTS__SOCIAL_CONSIDERATION__RESERVED),
                "Marché réservé");
        assert_string_equal(
                decp_social_label(CONTRACTS__CONTRACT_KIND__CONCESSION, CONTRACTS__SOCIAL_CONSIDERATION__RESERVED),
                "Concession réservée");
        assert_string_equal(
                decp_social_label(CONTRACTS__CONTRACT_KIND__CONCESSION, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL),
                "Pas de considération sociale");
}

static void what_the_format_has_no_word_for_is_null(void **state)
{
        (void)state;
        assert_null(
                decp_social_label(CONTRACTS__CONTRACT_KIND__MARKET, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN));
        assert_null(decp_social_label(CONTRACTS__CONTRACT_KIND__MARKET, (Contracts__SocialConsideration)99));
        assert_null(decp_environmental_label(CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_UNKNOWN));
        assert_null(decp_place_label(CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN));
        assert_null(decp_company_label(CONTRACTS__COMPANY_ID_KIND__COMPANY_ID_KIND_UNKNOWN));
}

static void the_others_are_the_schemas(void **state)
{
        (void)state;
        assert_string_equal(decp_environmental_label(CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CRITERION),
                            "Critère environnemental");
        assert_string_equal(decp_place_label(CONTRACTS__PLACE_KIND__DEPARTMENT), "Code département");
        assert_string_equal(decp_company_label(CONTRACTS__COMPANY_ID_KIND__HORS_UE), "HORS-UE");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_concession_has_its_own_word),
                cmocka_unit_test(what_the_format_has_no_word_for_is_null),
                cmocka_unit_test(the_others_are_the_schemas),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
