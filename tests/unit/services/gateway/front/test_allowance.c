/* So many a second, so many at once. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/front/allowance.h"

static struct id account(uint16_t number)
{
        struct id id = {0};
        id.b[0] = 1;
        id.b[13] = (uint8_t)(number >> 8);
        id.b[15] = (uint8_t)number;
        return id;
}

static size_t taken_at_once(struct allowances *allowances, struct id id, uint64_t now_ms)
{
        size_t count = 0;
        while (count < 1000 && allowance_take(allowances, id, now_ms) == 0)
                count++;
        return count;
}

static void test_at_once_and_in_the_long_run(void **state)
{
        (void)state;
        const struct allowance_rule rule = {.per_s = 5, .burst = 20};
        struct allowances *allowances = allowances_new(&rule);
        assert_int_equal(taken_at_once(allowances, account(1), 1000000), 20);
        assert_int_equal(taken_at_once(allowances, account(2), 1000000), 20); /* another's is another's */
        assert_int_equal(taken_at_once(allowances, account(1), 1000199), 0);
        assert_int_equal(taken_at_once(allowances, account(1), 1000200), 1);
        assert_int_equal(taken_at_once(allowances, account(1), 1002200), 10);
        assert_int_equal(taken_at_once(allowances, account(1), 9000000), 20); /* no more than at once, ever */
        allowances_free(allowances);
}

static void test_how_long_to_wait(void **state)
{
        (void)state;
        const struct allowance_rule slow = {.per_s = 1, .burst = 1};
        struct allowances *allowances = allowances_new(&slow);
        assert_int_equal(allowance_take(allowances, account(1), 5000), 0);
        assert_int_equal(allowance_take(allowances, account(1), 5001), 1);
        assert_int_equal(allowance_take(allowances, account(1), 5999), 1);
        assert_int_equal(allowance_take(allowances, account(1), 6000), 0);
        allowances_free(allowances);
}

static void test_no_bound(void **state)
{
        (void)state;
        const struct allowance_rule any = {.per_s = 0, .burst = 1};
        struct allowances *allowances = allowances_new(&any);
        assert_int_equal(taken_at_once(allowances, account(1), 5000), 1000);
        allowances_free(allowances);
}

/* Accounts of one place of the table: forgotten is the one with most left, never the one who asks without end. */
static void test_who_asks_most_is_remembered(void **state)
{
        (void)state;
        const struct allowance_rule rule = {.per_s = 1, .burst = 10};
        struct allowances *allowances = allowances_new(&rule);
        assert_int_equal(taken_at_once(allowances, account(0), 1000), 10);
        for (uint16_t other = 1; other < 100; other++)
                assert_int_equal(allowance_take(allowances, account((uint16_t)(other << 8)), 1000), 0);
        assert_int_equal(taken_at_once(allowances, account(0), 1000), 0);
        allowances_free(allowances);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_at_once_and_in_the_long_run),
                cmocka_unit_test(test_how_long_to_wait),
                cmocka_unit_test(test_no_bound),
                cmocka_unit_test(test_who_asks_most_is_remembered),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
