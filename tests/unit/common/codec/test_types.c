/* Between the messages of types.proto and the structs of common/base, absence included. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"

static void test_ids(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct id id = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
        Types__Id *message = id_to(&arena, id);

        assert_true(id_equal(id_of(message), id));
        assert_true(id_is_zero(id_of(NULL)));
        message->value.len = 15;
        assert_true(id_is_zero(id_of(message)));
}

static void test_civil_times(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        assert_int_equal(day_number(day_of(day_to(&arena, day_of_number(-3)))), -3);
        assert_int_equal(month_number(month_of(month_to(&arena, month_of_number(682)))), 682);
        assert_true(instant_to(&arena, INT64_MIN)->ms == INT64_MIN);
}

static void test_quantities(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        assert_true(hours_hundredths(hours_of(hours_to(&arena, hours_of_hundredths(15167)))) == 15167);
        assert_true(money_cents(money_of(money_to(&arena, money_of_cents(INT64_MIN)))) == INT64_MIN);
        assert_int_equal(share_millionths(share_of(share_to(&arena, share_of_millionths(50000)))), 50000);
        struct decimal thousands = decimal_of_millionths(INT64_C(15703250000));
        assert_int_equal(decimal_millionths(decimal_of(decimal_to(&arena, thousands))), INT64_C(15703250000));
        assert_int_equal(decimal_millionths(decimal_of(NULL)), 0);

        assert_int_equal(hours_hundredths(hours_of(NULL)), 0);
        assert_int_equal(money_cents(money_of(NULL)), 0);
        assert_int_equal(share_millionths(share_of(NULL)), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_ids),
                cmocka_unit_test(test_civil_times),
                cmocka_unit_test(test_quantities),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
