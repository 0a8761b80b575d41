/* Pages: what is not ours is escaped, as well between tags as in a value. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/links/html.h"

static void test_escaped(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct html html = {.arena = &arena};
        const char *wanted = "<p title=\"&lt;b&gt;&amp;&quot;&#39;é\">x</p>";
        (void)state;
        html_put(&html, "<p title=\"%s\">%s</p>", "<b>&\"'é", "x");
        assert_int_equal(html_page(&html).size, strlen(wanted));
        assert_memory_equal(html_page(&html).data, wanted, strlen(wanted));
}

static void test_long(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct html html = {.arena = &arena};
        (void)state;
        for (int i = 0; i < 10000; i++)
                html_put(&html, "%s-", "<");
        assert_int_equal(html_page(&html).size, 10000 * strlen("&lt;-"));
        assert_memory_equal(html_page(&html).data + 9999 * strlen("&lt;-"), "&lt;-", strlen("&lt;-"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_escaped),
                cmocka_unit_test(test_long),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
