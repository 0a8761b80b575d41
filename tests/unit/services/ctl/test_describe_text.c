/* The examples that stand in the pages of docs/. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "common/codec/catalogue.h"
#include "services/ctl/example.h"

/* Those of the pages are of methods that there are, and of whom may ask them. */
static void examples_of_pages_are_of_methods(void **state)
{
        (void)state;
        struct catalogue_method method;
        assert_true(method_examples_count > 40);
        for (size_t i = 0; i < method_examples_count; i++) {
                if (!catalogue_method(method_examples[i].method, &method))
                        fail_msg("%s", method_examples[i].method);
                assert_memory_equal(method_examples[i].command, "guichetctl call ", strlen("guichetctl call "));
                assert_null(strstr(method_examples[i].command, "# refusé"));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(examples_of_pages_are_of_methods),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
