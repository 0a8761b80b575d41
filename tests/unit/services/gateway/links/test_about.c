/* Who runs a network: as the file says it, or what is wrong with the file. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "services/gateway/links/about.h"

static struct arena arena;
static struct about about;
static struct err_info info;

static int load(const char *text)
{
        char path[] = "/tmp/guichet-about-XXXXXX";
        int fd = mkstemp(path);
        assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
        int err = about_load(path, &arena, &about, &info);
        assert_int_equal(unlink(path), 0);
        return err;
}

static void as_it_is_said(void **state)
{
        (void)state;
        assert_int_equal(load("{\"publisher\": \"La Région\", \"help_contact\": \"aide@exemple.fr\"}"), 0);
        assert_string_equal(about.texts[ABOUT_PUBLISHER], "La Région");
        assert_string_equal(about.texts[ABOUT_HELP_CONTACT], "aide@exemple.fr");
        assert_null(about.texts[ABOUT_HOST]);
        assert_int_equal(about_load("", &arena, &about, &info), 0);
        assert_null(about.texts[ABOUT_PUBLISHER]);
}

static void what_is_wrong(void **state)
{
        static const struct {
                const char *text, *told;
        } cases[] = {
                {"{\"publisher\": 3}", "\"publisher\" must be a text"},
                {"{\"publisher\": \"\"}", "\"publisher\" must be a text"},
                {"{\"editor\": \"a\"}", "\"editor\" is no such member"},
                {"[]", "holds no JSON object"},
                {"{\"host\": \"a\", \"host\": \"b\"}", "holds no JSON object"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                assert_int_equal(load(cases[i].text), ERR_CONFIG);
                assert_non_null(strstr(info.text, cases[i].told));
        }
        assert_int_equal(about_load("/nowhere", &arena, &about, &info), ERR_CONFIG);
}

static int close_arena(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(as_it_is_said),
                cmocka_unit_test(what_is_wrong),
        };
        return cmocka_run_group_tests(tests, NULL, close_arena);
}
