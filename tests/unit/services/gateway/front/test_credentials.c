/* Whose page asks, as the browser says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "services/gateway/front/credentials.h"

static void test_whose_page_asks(void **state)
{
        (void)state;
        static const char host[] = "guichet.example";
        static const struct {
                const char *site, *origin;
                bool is_browser, is_own;
        } rows[] = {
                {NULL, NULL, false, false},
                {"same-origin", NULL, true, true},
                {"same-origin", "https://guichet.example", true, true},
                {"same-origin", "https://GUICHET.example", true, true},
                {NULL, "https://guichet.example", true, true},
                {"none", NULL, true, false},
                {"same-site", "https://voisin.example", true, false},
                {"cross-site", "https://guichet.example", true, false},
                {"same-origin", "https://ailleurs.example", true, false},
                {NULL, "https://ailleurs.example", true, false},
                {NULL, "https://guichet.example.ailleurs.example", true, false},
                {NULL, "https://guichet.example:8443", true, false},
                {NULL, "guichet.example", true, false},
                {NULL, "null", true, false},
                {"", NULL, true, false},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct asking_page page = asking_page_of(rows[i].site, rows[i].origin, host);
                if (page.is_browser != rows[i].is_browser || page.is_own != rows[i].is_own)
                        fail_msg("row %zu", i);
        }
        assert_false(asking_page_of(NULL, "https://guichet.example", NULL).is_own);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_whose_page_asks)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
