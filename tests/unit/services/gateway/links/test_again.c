/* How often links are asked for again from one network. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/links/again.h"

static void test_taken_so_often(void **state)
{
        const struct id here = {.b = {[15] = 1}}, there = {.b = {[15] = 2}};
        struct agains *agains = agains_new(NULL);
        (void)state;
        for (int i = 0; i < AGAIN_OF_SOURCE; i++)
                assert_true(agains_take(agains, here, 1000));
        assert_false(agains_take(agains, here, 1000));
        assert_true(agains_take(agains, there, 1000));
        assert_false(agains_take(agains, here, 1000 + AGAIN_WINDOW_MS - 1));
        assert_true(agains_take(agains, here, 1000 + AGAIN_WINDOW_MS));
        assert_true(agains_take(agains, there, 500)); /* the clock went back */
        agains_free(agains);
        agains_free(NULL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_taken_so_often),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
