#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "services/directory/words/asked.h"

static void test_folded(void **state)
{
        char folded[FOLDED_SIZE];
        (void)state;
        asked_fold("St-Étienne  d'Œuvre", folded);
        assert_string_equal(folded, "saint etienne d oeuvre");
        asked_fold("STE", folded);
        assert_string_equal(folded, "sainte");
        asked_fold("", folded);
        assert_string_equal(folded, "");
}

static void test_fits(void **state)
{
        struct asked asked;
        (void)state;
        asked_read("Jardins MI", &asked);
        assert_int_equal(asked.count, 2);
        assert_true(asked_fits(&asked, "les jardins du midi"));
        assert_false(asked_fits(&asked, "les jardins du nord"));
        assert_false(asked_begins("les jardins", "ardins"));
        assert_int_equal(asked_rank(&asked, "jardins mi"), 0);
        assert_int_equal(asked_rank(&asked, "jardins midi"), 1);
        assert_int_equal(asked_rank(&asked, "les jardins du midi"), 2);
        asked_read("a b c d e f g h i j k", &asked);
        assert_int_equal(asked.count, ASKED_WORDS_MAX);
}

static void test_meant(void **state)
{
        (void)state;
        assert_true(asked_meant("jardim", "jardin", 6));
        assert_true(asked_meant("jarin", "jardin", 6));
        assert_true(asked_meant("jardin", "jardins du midi", 7));
        assert_false(asked_meant("pardin", "jardin", 6)); /* the first letter is right */
        assert_false(asked_meant("jar", "jor", 3));       /* too short to guess */
        assert_false(asked_meant("jardin", "jambon", 6));
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_folded), cmocka_unit_test(test_fits),
                                           cmocka_unit_test(test_meant)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
