#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "common/codec/dated.h"
#include "services/tracking/rules/safe_text.h"

static struct dated dated;
static const Tracking__FollowUpVersion *rules;

static int setup(void **state)
{
        struct err_info info = {0};
        (void)state;
        if (dated_load("deploy/rules", "followup", &tracking__follow_up_rules__descriptor, &dated, &info) != 0)
                return -1;
        rules = dated_on(&dated, day_of_civil((struct civil){2026, 11, 29}));
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        dated_fini(&dated);
        return 0;
}

static int place_of(const char *text, bool refused)
{
        struct unsafe_word found = {NULL, 0};
        return safe_text_find(rules, text, refused, &found) ? found.place : 0;
}

/* Accents, case, apostrophes and hyphens hide nothing; words that only contain one are others. */
static void test_words(void **state)
{
        (void)state;
        assert_int_equal(place_of("hospitalisée", true), 1);
        assert_int_equal(place_of("Absente, HÔPITAL.", true), 2);
        assert_int_equal(place_of("problème d’alcool", true), 3); /* a curved apostrophe */
        assert_int_equal(place_of("un casier-judiciaire demandé", true), 2);
        assert_int_equal(place_of("casier de vestiaire", true), 0);
        assert_int_equal(place_of("burn-out", true), 1);
        assert_int_equal(place_of("santé", true), 1);
        assert_int_equal(place_of("Marie passe à 9 h", false), 0); /* a name, and no husband */
        assert_int_equal(place_of("son mari", false), 2);
        assert_int_equal(place_of("son mari", true), 0);
        assert_int_equal(place_of("cherche une garde d'enfant et le permis B", true), 0);
        assert_int_equal(place_of("cherche une garde d'enfant et le permis B", false), 0);
        assert_int_equal(place_of("", true), 0);
        assert_int_equal(place_of(" ,.;", true), 0);
}

/* Whatever comes in: no byte of it is read twice or beyond. */
static void test_strange_texts(void **state)
{
        enum { LONG = 8000 };
        static char text[LONG + 1];
        (void)state;
        memset(text, 'a', LONG);
        assert_int_equal(place_of(text, true), 0);
        for (int i = 0; i < LONG; i += 2)
                text[i] = ' ';
        assert_int_equal(place_of(text, true), 0); /* more words than are looked at */
        assert_int_equal(place_of("\xc3", true), 0);
        assert_int_equal(place_of("\xff\xfe sante", true), 1);
}

static void test_what_is_said(void **state)
{
        struct refusal refusal;
        struct arena arena = {0};
        (void)state;
        assert_false(safe_text_may_be_kept(rules, "contact.text", "elle sort de prison", &refusal));
        assert_string_equal(refusal.field, "contact.text");
        assert_non_null(strstr(refusal.text, "de la justice (mot n° 4)"));
        assert_null(strstr(refusal.text, "prison"));
        assert_false(safe_text_may_be_kept(rules, "text", "290053155512345", &refusal));
        assert_true(safe_text_may_be_kept(rules, "text", "arrive à l'heure", &refusal));
        assert_string_equal(safe_text_warning(rules, "arrive à l'heure", &arena), "");
        assert_non_null(strstr(safe_text_warning(rules, "en plein divorce", &arena), "de la famille (mot n° 3)"));
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_words),
                cmocka_unit_test(test_strange_texts),
                cmocka_unit_test(test_what_is_said),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
