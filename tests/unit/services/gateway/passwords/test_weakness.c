/* Which passwords are refused, and that what is long and rare is not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/passwords/weakness.h"

static const char LIST[] = "deploy/rules/common_passwords.txt";

static void assert_says(const char *said, const char *part)
{
        if (said == NULL || strstr(said, part) == NULL)
                fail_msg("%s: %s", part, said == NULL ? "(good)" : said);
}

static void test_what_is_refused(void **state)
{
        (void)state;
        struct commonest *commonest = commonest_load(LIST);
        assert_non_null(commonest);
        assert_in_range(commonest_count(commonest), 5000, 100000);
        assert_says(password_weakness(commonest, "", "marie"), "trop court");
        assert_says(password_weakness(commonest, "onze caract", "marie"), "trop court");
        assert_says(password_weakness(commonest, "ééééé", "marie"), "trop court"); /* characters, not bytes */
        assert_says(password_weakness(commonest, "aaaaaaaaaaaaaaaa", "marie"), "trop peu de caractères");
        assert_says(password_weakness(commonest, "abababababababab", "marie"), "trop peu de caractères");
        assert_says(password_weakness(commonest, "1qaz2wsx3edc", "marie"), "en premier");
        assert_says(password_weakness(commonest, "QWERTY123456", "marie"), "en premier");
        assert_says(password_weakness(commonest, "Football2026!!", "marie"), "en premier");
        assert_says(password_weakness(commonest, "--password--1234", "marie"), "en premier");
        assert_says(password_weakness(commonest, "0102030405060708", "marie"), "en premier");
        assert_says(password_weakness(commonest, "Marie.Dupont-2026", "marie.dupont@example.org"), "nom du compte");
        char huge[PASSWORD_BYTES_MAX + 2];
        for (size_t i = 0; i + 1 < sizeof(huge); i++)
                huge[i] = (char)('a' + (i * 7 + i / 26) % 26);
        huge[sizeof(huge) - 1] = '\0';
        assert_says(password_weakness(commonest, huge, "marie"), "trop long");
        huge[sizeof(huge) - 2] = '\0';
        assert_null(password_weakness(commonest, huge, "marie"));
        assert_says(password_weakness(commonest, "un mot \xff\xfe de passe", "marie"), "lisibles");
        commonest_free(commonest);
}

static void test_what_is_good(void **state)
{
        (void)state;
        static const char *const good[] = {"quatre mots sans lien", "Zi9-kolibri-tambour", "été comme hiver on marche",
                                           "12 poires 3 canards 8 vélos"};
        struct commonest *commonest = commonest_load(LIST);
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                assert_null(password_weakness(commonest, good[i], "marie.dupont"));
        assert_null(password_weakness(NULL, "Football2026!!", "marie")); /* no list: nothing is known of it */
        commonest_free(commonest);
        assert_null(commonest_load("/nowhere/at/all"));
}

/* Empty, without a last line end, with empty lines. */
static void test_odd_lists(void **state)
{
        (void)state;
        static const struct {
                const char *text;
                size_t count;
        } rows[] = {{"", 0}, {"\n\n", 0}, {"un seul sans fin", 1}, {"bbb\n\naaa\n", 2}};
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                char path[] = "/tmp/guichet-list-XXXXXX";
                FILE *file = fdopen(mkstemp(path), "w");
                assert_non_null(file);
                assert_true(fputs(rows[i].text, file) >= 0);
                assert_int_equal(fclose(file), 0);
                struct commonest *commonest = commonest_load(path);
                assert_int_equal(commonest_count(commonest), rows[i].count);
                commonest_free(commonest);
                assert_int_equal(remove(path), 0);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_refused),
                cmocka_unit_test(test_what_is_good),
                cmocka_unit_test(test_odd_lists),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
