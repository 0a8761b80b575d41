/* Which pages of elsewhere may ask. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/front/origin.h"

static void test_a_list(void **state)
{
        (void)state;
        static const char list[] = "https://a.example  https://b.example:8443";
        assert_true(origin_is_in(list, "https://a.example"));
        assert_true(origin_is_in(list, "https://b.example:8443"));
        assert_false(origin_is_in(list, "https://b.example"));
        assert_false(origin_is_in(list, "https://a.example.evil.example"));
        assert_false(origin_is_in(list, "http://a.example"));
        assert_false(origin_is_in(list, ""));
        assert_false(origin_is_in(list, NULL));
        assert_false(origin_is_in(list, "null"));
        assert_false(origin_is_in("", "https://a.example"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_list),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
