/* Forms of browsers: what is read of them, and what is none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/links/form.h"

static bool parse(const char *body, struct arena *arena, struct form *ret)
{
        return form_parse(slice_of((const uint8_t *)body, strlen(body)), arena, ret);
}

static void test_read(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct form form;
        (void)state;
        assert_true(parse("a=1&b=+d%C3%A9j%c3%a0+vu+&&c&responsible.name=x%3D%26y&t=l%0D%0Am", &arena, &form));
        assert_int_equal(form.count, 5);
        assert_string_equal(form_value(&form, "a"), "1");
        assert_string_equal(form_value(&form, "b"), "déjà vu"); /* without the blanks around */
        assert_string_equal(form_value(&form, "c"), "");
        assert_string_equal(form_value(&form, "responsible.name"), "x=&y");
        assert_string_equal(form_value(&form, "t"), "l\nm");
        assert_string_equal(form_value(&form, "none"), "");
        assert_true(parse("", &arena, &form));
        assert_int_equal(form.count, 0);
}

static void test_none(void **state)
{
        static const char *const bodies[] = {"a=%",     "a=%4",  "a=%zz", "a=%00",
                                             "a=1&a=2", "a=%FF", "%C3=1", "a=%ed%a0%80"};
        struct arena arena scoped(arena_fini) = {0};
        struct form form;
        char many[256] = "", large[FORM_BYTES_MAX + 2];
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(bodies); i++)
                if (parse(bodies[i], &arena, &form))
                        fail_msg("%s", bodies[i]);
        for (size_t i = 0; i <= FORM_FIELDS_MAX; i++)
                (void)snprintf(many + strlen(many), sizeof(many) - strlen(many), "f%zu&", i);
        assert_false(parse(many, &arena, &form));
        memset(large, 'x', sizeof(large) - 1);
        large[sizeof(large) - 1] = '\0';
        assert_false(parse(large, &arena, &form));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_read),
                cmocka_unit_test(test_none),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
