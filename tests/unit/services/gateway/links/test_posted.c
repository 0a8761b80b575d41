/* Whether a form is of a page of ours, as browsers tell it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "services/gateway/links/posted.h"

static void test_ours(void **state)
{
        static const struct {
                const char *site, *origin, *host;
                bool ours;
        } rows[] = {
                {"same-origin", "null", "guichet.example", true}, /* a page without Referer */
                {"same-origin", "https://guichet.example", "guichet.example", true},
                {"cross-site", "https://guichet.example", "guichet.example", false},
                {"same-site", "null", "guichet.example", false},
                {"none", NULL, "guichet.example", false},
                {"", NULL, "guichet.example", false},
                {NULL, NULL, NULL, true}, /* an old browser */
                {NULL, "null", "guichet.example", true},
                {NULL, "https://guichet.example", "GUICHET.example", true},
                {NULL, "https://guichet.example.evil.example", "guichet.example", false},
                {NULL, "https://evil.example", "guichet.example", false},
                {NULL, "https://evil.example", NULL, false},
                {NULL, "guichet.example", "guichet.example", false},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (posted_is_ours(rows[i].site, rows[i].origin, rows[i].host) != rows[i].ours)
                        fail_msg("row %zu", i);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_ours),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
