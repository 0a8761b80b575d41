#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "services/directory/words/best.h"

static void test_order(void **state)
{
        static const char things[4];
        struct best best = {.most = 3};
        (void)state;
        best_offer(&best, &(struct offer){&things[0], "b", 1, 0});
        best_offer(&best, &(struct offer){&things[1], "a", 1, 0});
        best_offer(&best, &(struct offer){&things[2], "z", 1, 9});
        assert_false(best.more);
        best_offer(&best, &(struct offer){&things[3], "y", 0, 0});
        assert_true(best.more);
        assert_int_equal(best.count, 3);
        assert_ptr_equal(best.offers[0].thing, &things[3]);
        assert_ptr_equal(best.offers[1].thing, &things[2]);
        assert_ptr_equal(best.offers[2].thing, &things[1]);
}

static void test_one_thing_once(void **state)
{
        static const char thing;
        struct best best = {.most = 2};
        (void)state;
        best_offer(&best, &(struct offer){&thing, "b", 1, 0});
        best_offer(&best, &(struct offer){&thing, "c", 2, 0}); /* worse */
        assert_int_equal(best.count, 1);
        assert_string_equal(best.offers[0].name, "b");
        best_offer(&best, &(struct offer){&thing, "a", 0, 0}); /* better */
        assert_int_equal(best.count, 1);
        assert_string_equal(best.offers[0].name, "a");
        assert_false(best.more);
}

/* The best of a thousand, whatever comes first. */
static void test_many(void **state)
{
        static char names[1000][8];
        struct best best = {.most = BEST_MAX};
        (void)state;
        for (unsigned i = 0; i < 1000; i++) {
                unsigned n = i * 7 % 1000;
                (void)snprintf(names[n], sizeof(names[n]), "%04u", n);
                best_offer(&best, &(struct offer){names[n], names[n], 0, 0});
        }
        assert_int_equal(best.count, BEST_MAX);
        assert_true(best.more);
        for (unsigned i = 0; i < BEST_MAX; i++)
                assert_ptr_equal(best.offers[i].thing, names[i]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_one_thing_once),
                                           cmocka_unit_test(test_many)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
