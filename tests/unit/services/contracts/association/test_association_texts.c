/* The library of letters as delivered, and what it must not leave out. */
#include "tests/lib/engine_fixture.h"

#include "contracts/association.pb-c.h"
#include "texts.pb-c.h"
#include "services/contracts/association/association_texts.h"

static void test_what_is_delivered(void **state)
{
        struct dated texts = {0};
        struct err_info info = {0};
        (void)state;
        assert_int_equal(
                dated_load("deploy/rules", "association_texts", &texts__text_library__descriptor, &texts, &info), 0);
        if (association_texts_check(&texts, &info) != 0)
                fail_msg("%s", info.text);
        dated_fini(&texts);
}

static void test_what_is_missing(void **state)
{
        Texts__Text letter = TEXTS__TEXT__INIT, reason = TEXTS__TEXT__INIT;
        Texts__Text *list[] = {&letter, &reason};
        Texts__TextVersion version = TEXTS__TEXT_VERSION__INIT, *versions[] = {&version};
        Texts__TextLibrary library = TEXTS__TEXT_LIBRARY__INIT;
        struct dated texts = {.root = &library.base};
        struct err_info info = {0};
        (void)state;
        library.versions = versions;
        library.n_versions = 1;
        assert_int_equal(association_texts_check(&texts, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "decline_letter"));
        version.texts = list;
        version.n_texts = 2;
        letter.name = (char *)"decline_letter";
        reason.name = (char *)"NAMED_WITHOUT_NOTICE"; /* without a line */
        assert_int_equal(association_texts_check(&texts, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "NAMED_WITHOUT_NOTICE"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_delivered),
                cmocka_unit_test(test_what_is_missing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
