/* Libraries that are judged at start. (All that a text may do wrong with its fields: notifications/test_words.c.) */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/texts/texts.h"

static void test_delivered(void **state)
{
        static const char *const names[] = {"agreement_texts", "association_texts", "consultation_texts",
                                            "control_texts",   "notice_texts",      "programming_texts"};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                struct dated library;
                struct err_info info = {0};
                int err = dated_load("deploy/rules", names[i], &texts__text_library__descriptor, &library, &info);
                assert_int_equal(err, 0);
                if (texts_check_sections(&library, &info) != 0)
                        fail_msg("%s", info.text);
                dated_fini(&library);
        }
}

/* The second version is as strictly read as the first. */
static void test_with_place(void **state)
{
        Texts__TextLibrary root = TEXTS__TEXT_LIBRARY__INIT;
        Texts__TextVersion first = TEXTS__TEXT_VERSION__INIT, second = first, *versions[] = {&first, &second};
        Texts__Text good = TEXTS__TEXT__INIT, wrong = good, *one[] = {&good}, *other[] = {&wrong};
        char *lines[] = {(char *)"{{#a}}{{b}}{{/a}}", (char *)"{{#day}}le {{day}}{{/dya}}"};
        const struct text_wanted wanted[] = {{"letter", "a b day", ""}};
        struct dated library = {.root = &root.base};
        struct err_info info = {0};
        (void)state;
        good.name = wrong.name = (char *)"letter";
        good.title = wrong.title = (char *)"Lettre";
        good.lines = wrong.lines = lines;
        good.n_lines = 1;
        wrong.n_lines = 2;
        first.texts = one;
        second.texts = other;
        first.n_texts = second.n_texts = 1;
        first.version = (char *)"v1";
        second.version = (char *)"v2";
        root.subject = (char *)"letters";
        root.versions = versions;
        root.n_versions = 1;
        assert_int_equal(texts_check(&library, wanted, 1, &info), 0);
        root.n_versions = 2;
        assert_int_equal(texts_check_sections(&library, &info), ERR_CONFIG);
        assert_string_equal(info.text, "letters.json: version v2, text letter, line 2: {{dya}} ends a section that it "
                                       "did not begin");
        wrong.n_lines = 1;
        wrong.title = (char *)"";
        assert_int_equal(texts_check_sections(&library, &info), 0);
        assert_int_equal(texts_check(&library, wanted, 1, &info), ERR_CONFIG);
        assert_string_equal(info.text, "letters.json: version v2, text letter, its title: there must be one");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_delivered),
                cmocka_unit_test(test_with_place),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
