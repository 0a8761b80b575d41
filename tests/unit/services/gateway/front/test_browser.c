/* Browsers by their User-Agent: few are told apart, and whatever it says the name is short. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/front/browser.h"

static void test_names(void **state)
{
        (void)state;
        static const struct {
                const char *agent, *name;
        } rows[] = {
                {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"},
                {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
                 "Safari/537.36 Edg/126.0",
                 "Edge, Windows"},
                {"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
                 "Chrome, Windows"},
                {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1",
                 "Safari, iPhone"},
                {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
                 "Chrome, Android"},
                {"curl/7.88.1", "curl"},
                {"<script>alert(1)</script>", "Autre navigateur"},
                {NULL, "Autre navigateur"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                char name[BROWSER_NAME_SIZE];
                browser_name(rows[i].agent, name);
                assert_string_equal(name, rows[i].name);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
