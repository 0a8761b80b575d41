/* Cookies: found by their name alone, never where two of it came, and kept with their guards. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/door/cookie.h"

static void test_found_or_not(void **state)
{
        (void)state;
        static const struct {
                const char *header, *value; /* NULL: none */
        } rows[] =
                {
                        {"a=1", "1"},       {"b=2; a=1", "1"},    {"b=2;a=1;c=3", "1"}, {"  a=1  ", "1"},
                        {"a=x=y", "x=y"},   {"a=\"1\"", "\"1\""}, {"", NULL},           {"a", NULL},
                        {"a=", NULL},       {"b=2", NULL},        {"aa=2", NULL},       {"b=a=1", NULL},
                        {"A=1", NULL},      {"a=1; a=2", NULL}, /* which one is meant, nobody knows */
                        {"a=1; a=1", NULL}, {";;;=;a", NULL},
                };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct slice value;
                bool found = cookie_find(slice_of_text(rows[i].header), "a", &value);
                if (found != (rows[i].value != NULL) || (found && !slice_equal(value, slice_of_text(rows[i].value))))
                        fail_msg("%s", rows[i].header);
        }
}

static void test_kept(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        assert_string_equal(cookie_kept("__Host-a", "1", 0, &arena),
                            "__Host-a=1; Path=/; Secure; HttpOnly; SameSite=Lax");
        assert_string_equal(cookie_kept("__Host-a", "1", 60, &arena),
                            "__Host-a=1; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Lax");
        assert_string_equal(cookie_kept("__Host-a", "", -1, &arena),
                            "__Host-a=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_found_or_not),
                cmocka_unit_test(test_kept),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
