/* The metrics of many instances, as one text in which the lines of a metric stand together. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/front/probes.h"

static void test_merge(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        const char *const texts[] = {"b{instance=\"1\"} 1\na_total{instance=\"1\"} 2\n", "",
                                     "a{instance=\"2\"} 3\n# HELP a it is\n\na_total{instance=\"2\"} 4\nb 5", NULL};
        assert_string_equal(probes_merge(texts, &arena), "a{instance=\"2\"} 3\na_total{instance=\"1\"} 2\n"
                                                         "a_total{instance=\"2\"} 4\nb{instance=\"1\"} 1\nb 5\n");
}

static void test_nothing(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        const char *const none[] = {NULL}, *const empty[] = {"", "\n\n", NULL};
        assert_string_equal(probes_merge(none, &arena), "");
        assert_string_equal(probes_merge(empty, &arena), "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_merge),
                cmocka_unit_test(test_nothing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
