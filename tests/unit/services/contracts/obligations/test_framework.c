/* Framework agreements: what an order or invoice must say, the parts of a group, and orders used up evenly. */
#include "tests/unit/services/contracts/obligations/scene.h"

#include "services/contracts/obligations/framework.h"

static const char *fault(bool taken, const struct refusal *refusal)
{
        return taken ? "" : refusal->field;
}

static void test_orders(void **state)
{
        struct fixture *f = *state;
        struct refusal refusal;
        Contracts__RecordOrder *order = order_of(f, NULL, "BC 1", 50000);
        assert_true(framework_check_order(order, &refusal));
        order = order_of(f, NULL, "BC 1", 50000);
        order->ends_on = a_day(f, 2026, 9, 30);
        assert_string_equal(fault(framework_check_order(order, &refusal), &refusal), "endsOn");
        order->ends_on = a_day(f, 2036, 10, 2);
        assert_string_equal(fault(framework_check_order(order, &refusal), &refusal), "endsOn");
}

static void test_sums(void **state)
{
        struct money sum = money_of_cents(500);
        struct refusal refusal;
        (void)state;
        assert_true(framework_add(sum, money_of_cents(-500), &sum, &refusal));
        assert_int_equal(money_cents(sum), 0);
        assert_false(framework_add(sum, money_of_cents(-1), &sum, &refusal)); /* never below nothing */
        assert_string_equal(refusal.field, "amount");
        assert_false(framework_add(sum, money_of_cents(INT64_C(1000000000001)), &sum, &refusal));
        assert_int_equal(money_cents(sum), 0);
}

static void parts(int64_t total, const int64_t *cents, size_t count, int64_t *ret)
{
        struct money amounts[4];
        struct hours hours[4] = {0};
        for (size_t i = 0; i < ARRAY_SIZE(amounts); i++)
                amounts[i] = money_of_cents(i < count ? cents[i] : 0);
        framework_split(hours_of_hundredths(total), amounts, count, hours);
        for (size_t i = 0; i < count; i++)
                ret[i] = hours_hundredths(hours[i]);
}

static void test_parts_make_the_total(void **state)
{
        int64_t part[4];
        (void)state;
        parts(10000, (const int64_t[]){1, 1, 1}, 3, part);
        assert_int_equal(part[0] + part[1] + part[2], 10000);
        assert_int_equal(part[0], 3333);
        parts(10000, (const int64_t[]){300, 0, 100}, 3, part);
        assert_int_equal(part[0], 7500);
        assert_int_equal(part[1], 0);
        assert_int_equal(part[2], 2500);
        parts(700, (const int64_t[]){-50, 10}, 2, part);
        assert_int_equal(part[0], 0);
        assert_int_equal(part[1], 700);
        parts(700, (const int64_t[]){0, 0}, 2, part);
        assert_int_equal(part[0] + part[1], 0);
        parts(INT64_C(600000000), (const int64_t[]){INT64_C(1000000000000), INT64_C(999999999999)}, 2, part);
        assert_int_equal(part[0] + part[1], INT64_C(600000000)); /* no overflow on the way */
}

static void test_used_up_evenly(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractOrder order = CONTRACTS__CONTRACT_ORDER__INIT;
        order.starts_on = a_day(f, 2026, 10, 1);
        order.ends_on = a_day(f, 2026, 10, 10);
        order.amount = euros(f, 100);
        const struct {
                int day;
                int64_t cents;
        } expected[] = {{1, 1000}, {5, 5000}, {9, 9000}, {10, 10000}, {31, 10000}};
        for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
                assert_int_equal(money_cents(framework_consumed(&order, day_of(a_day(f, 2026, 10, expected[i].day)))),
                                 expected[i].cents);
        assert_int_equal(money_cents(framework_consumed(&order, day_of(a_day(f, 2026, 9, 30)))), 0);
        order.ends_on = order.starts_on; /* one day */
        assert_int_equal(money_cents(framework_consumed(&order, day_of(order.starts_on))), 10000);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_orders, setup, fixture_close),
                cmocka_unit_test(test_sums),
                cmocka_unit_test(test_parts_make_the_total),
                cmocka_unit_test_setup_teardown(test_used_up_evenly, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
