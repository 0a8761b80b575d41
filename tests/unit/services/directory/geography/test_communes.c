#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/directory/geography/communes.h"
#include "tests/unit/services/directory/geography/communes_file.h"

static struct communes *communes;

static int load(const char *text, struct err_info *info)
{
        char path[32];
        communes_file_write(text, path);
        int err = communes_load(path, &communes, info);
        (void)unlink(path);
        return err;
}

static int open_few(void **state)
{
        (void)state;
        return load(FEW_COMMUNES, &(struct err_info){0});
}

static int close_few(void **state)
{
        (void)state;
        communes_free(communes);
        communes = NULL;
        return 0;
}

static void test_by_code(void **state)
{
        (void)state;
        const struct commune *toulouse = communes_of_code(communes, "31555");
        assert_string_equal(toulouse->name, "Toulouse");
        assert_string_equal(toulouse->territory, "31");
        assert_string_equal(toulouse->department, "Haute-Garonne");
        assert_string_equal(toulouse->region, "Occitanie");
        assert_string_equal(toulouse->epci, "Toulouse Métropole");
        assert_int_equal(toulouse->population, 514819);
        assert_string_equal(communes_of_code(communes, "82161")->epci, "");
        assert_string_equal(communes_of_code(communes, "01039")->code, "01138"); /* merged */
        assert_null(communes_of_code(communes, "99999"));
        assert_null(communes_of_code(communes, ""));
        assert_string_equal(communes_version(communes), "6.0.0");
}

static const struct commune *first(const char *words, const char *territory)
{
        struct best found;
        communes_find(communes, words, territory, 10, &found);
        return found.count == 0 ? NULL : found.offers[0].thing;
}

static void test_by_words(void **state)
{
        (void)state;
        assert_string_equal(first("st gaud", "")->code, "31483");
        assert_string_equal(first("saint", "82")->code, "82161");
        assert_string_equal(first("béon", "")->code, "01138"); /* as it was called */
        assert_null(first("toulouse", "82"));
}

static void test_by_number(void **state)
{
        struct best found;
        (void)state;
        assert_string_equal(first("31100", "")->code, "31555");
        assert_string_equal(first("82161", "")->code, "82161");
        communes_find(communes, "31", "", 2, &found);
        assert_int_equal(found.count, 2);
        assert_true(found.more);
}

/* A file that is damaged is told, by its line. */
static void test_refused(void **state)
{
        static const struct {
                const char *text, *told;
        } cases[] = {
                {"", "no communes"},
                {"V\t1\tx\n", "no communes"},
                {"V\t1\n", "line 1: 2 cells instead of 3"},
                {"X\t1\n", "line 1: a line that begins"},
                {"\n", "line 1"},
                {"V\t1\tx\nC\t31555\tToulouse\t31\t\t1\t31000\n", "line 2: commune 31555: no department 31"},
                {"V\t1\tx\nD\t31\ta\tb\nC\t31555\tToulouse\t31\t\tmany\t31000\n", "line 3: commune 31555: many"},
                {"V\t1\tx\nD\t31\ta\tb\nD\t09\ta\tb\n", "line 3: 09 does not come after 31"},
                {"V\t1\tx\nF\t1\t2\t3\t4\t5\t6\t7\t8\n", "line 2"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct err_info info = {0};
                assert_int_equal(load(cases[i].text, &info), ERR_CONFIG);
                if (strstr(info.text, cases[i].told) == NULL)
                        fail_msg("%s: %s", cases[i].text, info.text);
        }
        struct err_info info = {0};
        assert_int_equal(communes_load("/tmp/guichet-no-such-file", &communes, &info), ERR_NOT_FOUND);
        communes_free(NULL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_code, open_few, close_few),
                cmocka_unit_test_setup_teardown(test_by_words, open_few, close_few),
                cmocka_unit_test_setup_teardown(test_by_number, open_few, close_few),
                cmocka_unit_test(test_refused),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
