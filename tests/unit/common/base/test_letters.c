#include "common/base/letters.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"

static void folds_to(const char *text, const char *wanted)
{
        char folded[256];
        letters_fold(text, folded, sizeof(folded));
        assert_string_equal(folded, wanted);
}

static void test_accents_and_case(void **state)
{
        (void)state;
        folds_to("ZÉPHIRINE", "zephirine");
        folds_to("Zéphirine", "zephirine");
        folds_to("Ze\u0301phirine", "zephirine"); /* an accent by itself, as a Mac writes it */
        folds_to("Ağça Şükrü", "agca sukru");
        folds_to("Nguyễn Thị Hồng", "nguyen thi hong");
        folds_to("Dvořák", "dvorak");
}

static void test_letters_that_have_no_base(void **state)
{
        (void)state;
        folds_to("Łukasz", "lukasz");
        folds_to("Ørsted", "orsted");
        folds_to("Đặng", "dang");
        folds_to("CŒUR", "coeur");
        folds_to("Cœur", "coeur");
        folds_to("Strauß", "strauss");
        folds_to("Þór", "thor");
        folds_to("IŞIK", "isik");
        folds_to("İbrahim ışık", "ibrahim isik");
        folds_to("ﬁlippo", "filippo"); /* a ligature of two letters */
}

static void test_what_stands_between(void **state)
{
        (void)state;
        folds_to("  Jean -  Pierre ", "jean pierre");
        folds_to("D'Almeida", "d almeida");
        folds_to("D\u2019Almeida", "d almeida");
        folds_to("D\u02bcAlmeida", "d almeida");
        folds_to("Marie‑Claire\u00a0DUPONT", "marie claire dupont");
        folds_to("S\u00adoft", "soft"); /* a soft hyphen is none */
        folds_to("-", "");
        folds_to("", "");
}

static void test_other_scripts_stay(void **state)
{
        (void)state;
        folds_to("ИВАН", "иван");
        folds_to("محمد", "محمد");
}

static void test_bounds(void **state)
{
        (void)state;
        char small[6], long_name[5000];
        letters_fold("éàü ïô", small, sizeof(small));
        assert_string_equal(small, "eau i");
        letters_fold("иван", small, sizeof(small));
        assert_string_equal(small, "ив"); /* between two characters */
        letters_fold("\xff\xfe", small, sizeof(small));
        assert_string_equal(small, "");
        memset(long_name, 'a', sizeof(long_name) - 1);
        long_name[sizeof(long_name) - 1] = '\0';
        char folded[64];
        letters_fold(long_name, folded, sizeof(folded));
        assert_int_equal(strlen(folded), sizeof(folded) - 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_accents_and_case),
                cmocka_unit_test(test_letters_that_have_no_base),
                cmocka_unit_test(test_what_stands_between),
                cmocka_unit_test(test_other_scripts_stay),
                cmocka_unit_test(test_bounds),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
