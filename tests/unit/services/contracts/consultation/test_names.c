/* Names of companies as they stand in texts. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "services/contracts/consultation/names.h"

static void test_folded_as_they_are_compared(void **state)
{
        static const struct {
                const char *name, *folded;
        } cases[] = {
                {"SARL Durand & Fils", " durand fils "},
                {"ÉNERGIES  d’Oc, SAS", " energies d oc "},
                {"Société SAS", " societe sas "}, /* of nothing but legal forms: it stays whole */
                {"Société Société Durand", " durand "},
                {"", " "},
                {" -- ", " "},
                {"Œuvre", " oeuvre "},
        };
        char folded[FOLDED_SIZE];
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                name_fold(cases[i].name, folded);
                assert_string_equal(folded, cases[i].folded);
        }
}

static void test_the_longest_text(void **state)
{
        static char text[4 * BOUND_CHARACTERS + 1], folded[FOLDED_SIZE];
        (void)state;
        memset(text, 'x', sizeof(text) - 1);
        words_fold(text, folded);
        assert_int_equal(strlen(folded), FOLDED_SIZE - 1);
        assert_int_equal(folded[FOLDED_SIZE - 2], ' ');
}

static void test_one_word_after_the_other(void **state)
{
        char word[FOLDED_SIZE];
        const char *at = " durand fils ";
        (void)state;
        assert_true(word_next(&at, word));
        assert_string_equal(word, " durand ");
        assert_true(word_next(&at, word));
        assert_string_equal(word, " fils ");
        assert_false(word_next(&at, word));
        at = " ";
        assert_false(word_next(&at, word));
        at = "";
        assert_false(word_next(&at, word));
}

static void test_written_as_a_name(void **state)
{
        (void)state;
        assert_true(word_is_capital_in("Demandez à Avenir.", " avenir "));
        assert_true(word_is_capital_in("chez l'Élan, dit-on", " elan "));
        assert_false(word_is_capital_in("À l'avenir, les apprentis comptent.", " avenir "));
        assert_false(word_is_capital_in("", " avenir "));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_folded_as_they_are_compared),
                cmocka_unit_test(test_the_longest_text),
                cmocka_unit_test(test_one_word_after_the_other),
                cmocka_unit_test(test_written_as_a_name),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
