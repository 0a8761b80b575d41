#include "common/import/labels.h"

#include "tests/unit/common/import/reading.h"

static void folds_to(const char *text, const char *expected)
{
        char folded[LABEL_FOLDED_MAX];
        label_fold(text, folded);
        assert_string_equal(folded, expected);
}

static void accents_case_blanks_and_punctuation_do_not_count(void **state)
{
        (void)state;
        folds_to("Critère social", "criteresocial");
        folds_to("CRITÈRE  SOCIAL ", "criteresocial");
        folds_to("Crite\xcc\x80re social", "criteresocial"); /* a combining accent */
        folds_to("Maitrise d'œuvre", "maitrisedoeuvre");
        folds_to("HORS-UE", "horsue");
        folds_to("2ᵉ Chance", "2chance");
        folds_to("ÀÉÎÕÜçñÿ×÷", "aeioucny");
        folds_to("", "");
        folds_to("\xc3", ""); /* cut in the middle of a character */
}

static void long_texts_are_cut(void **state)
{
        char folded[LABEL_FOLDED_MAX], text[3 * LABEL_FOLDED_MAX];

        (void)state;
        for (size_t i = 0; i < sizeof(text) - 1; i++)
                text[i] = 'a';
        text[sizeof(text) - 1] = '\0';
        label_fold(text, folded);
        assert_true(strlen(folded) < LABEL_FOLDED_MAX);
        assert_true(strlen(folded) > LABEL_FOLDED_MAX / 2);
}

static void labels_are_found(void **state)
{
        static const struct label labels[] = {{"codepostal", 4}, {"codepays", 7}};
        int value = 0;

        (void)state;
        assert_true(label_find(labels, 2, "CODE PAYS", &value));
        assert_int_equal(value, 7);
        assert_false(label_find(labels, 2, "Code", &value));
        assert_int_equal(value, 7);
}

static void a_lost_letter_may_be_any(void **state)
{
        static const struct label labels[] = {{"codepostal", 4}, {"codepays", 7}, {"non", 0}, {"nom", 1}};
        int value = 0;

        (void)state;
        assert_true(label_find(labels, 4, "Code p\xef\xbf\xbdys", &value));
        assert_int_equal(value, 7);
        assert_true(label_find(labels, 4, "c?de post?al", &value)); /* half of another letter */
        assert_int_equal(value, 4);
        assert_true(label_find(labels, 4, "Code pÃ©stal", &value));
        assert_false(label_find(labels, 4, "no?", &value)); /* two fit */
        assert_false(label_find(labels, 4, "code p?", &value));
        assert_false(label_find(labels, 4, "?", &value));
        assert_false(label_find(labels, 4, "", &value));
}

static void placeholders_are_known(void **state)
{
        static const char *const placeholders[] = {"", " ", "NC", "MQ NC", "CDL", "nan", "N/A", "null", "None", "-"};

        (void)state;
        for (size_t i = 0; i < sizeof(placeholders) / sizeof(placeholders[0]); i++)
                assert_true(label_is_placeholder(placeholders[i]));
        assert_false(label_is_placeholder("0"));
        assert_false(label_is_placeholder("NCI"));
        assert_false(label_is_placeholder("中"));
        assert_false(label_is_placeholder("Ferme"));
        assert_false(label_is_placeholder("NC - non communiqué"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(accents_case_blanks_and_punctuation_do_not_count),
                cmocka_unit_test(long_texts_are_cut),
                cmocka_unit_test(labels_are_found),
                cmocka_unit_test(a_lost_letter_may_be_any),
                cmocka_unit_test(placeholders_are_known),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
