/* What a carrier may ask: each rule, its rounding, its cap, and what no figure can hold. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

#include "services/contracts/agreements/fee.h"

static int64_t fee_cents(const Contracts__FeeRule *rule, const struct fee_basis *basis)
{
        struct money fee;
        struct refusal refusal;
        assert_true(fee_of_contract(rule, basis, &fee, &refusal));
        return money_cents(fee);
}

static int64_t year_cents(const Contracts__FeeRule *rule, uint32_t days)
{
        struct money fee;
        struct refusal refusal;
        assert_true(fee_of_year(rule, days, 365, &fee, &refusal));
        return money_cents(fee);
}

static void test_rules(void **state)
{
        struct fixture *f = *state;
        struct fee_basis basis = {hours_of_hundredths(15167), money_of_cents(12345678), true};
        Contracts__FeeRule *rule = a_fee(f, CONTRACTS__FEE_KIND__PER_HOUR, 0);
        rule->rate = money_to(&f->arena, money_of_cents(125));
        assert_int_equal(fee_cents(rule, &basis), 18959); /* 151.67 x 1.25 = 189.5875 */
        rule->rate = money_to(&f->arena, money_of_cents(50));
        basis.hours = hours_of_hundredths(1);
        assert_int_equal(fee_cents(rule, &basis), 1); /* half a cent, up */
        basis.hours = hours_of_hundredths(-1);
        assert_int_equal(fee_cents(rule, &basis), -1); /* and a correction takes it back */

        rule = a_fee(f, CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT, 0);
        rule->share = share_to(&f->arena, share_of_millionths(12500));
        assert_int_equal(fee_cents(rule, &basis), 154321); /* 1.25 % of 123,456.78 = 1,543.20975 */
        basis.notified = false;
        assert_int_equal(fee_cents(rule, &basis), 0);

        rule = a_fee(f, CONTRACTS__FEE_KIND__PER_CONTRACT, 800);
        assert_int_equal(fee_cents(rule, &basis), 0);
        basis.notified = true;
        assert_int_equal(fee_cents(rule, &basis), 80000);
        assert_int_equal(year_cents(rule, 365), 0);
        rule = a_fee(f, CONTRACTS__FEE_KIND__NO_FEE, 0);
        assert_int_equal(fee_cents(rule, &basis), 0);
}

static void test_lump_sum(void **state)
{
        struct fixture *f = *state;
        struct fee_basis basis = {hours_of_hundredths(15167), money_of_cents(12345678), true};
        Contracts__FeeRule *rule = a_fee(f, CONTRACTS__FEE_KIND__LUMP_SUM_YEAR, 3650);
        assert_int_equal(fee_cents(rule, &basis), 0);
        assert_int_equal(year_cents(rule, 10), 365000); /* whole, for a year begun */
        assert_int_equal(year_cents(rule, 0), 0);
        rule->by_days = true;
        assert_int_equal(year_cents(rule, 10), 10000);
        assert_int_equal(year_cents(rule, 365), 365000);
}

static void test_cap(void **state)
{
        struct fixture *f = *state;
        Contracts__FeeRule *rule = a_fee(f, CONTRACTS__FEE_KIND__PER_HOUR, 25);
        assert_int_equal(money_cents(fee_capped(rule, money_of_cents(999999))), 999999);
        rule->year_max = euros(f, 5000);
        assert_int_equal(money_cents(fee_capped(rule, money_of_cents(999999))), 500000);
        assert_int_equal(money_cents(fee_capped(rule, money_of_cents(499999))), 499999);
}

static void test_beyond_all_figures(void **state)
{
        struct fixture *f = *state;
        struct refusal refusal = {0};
        struct money fee = money_of_cents(7);
        struct fee_basis basis = {hours_of_hundredths(INT64_MAX), money_of_cents(0), true};
        Contracts__FeeRule *rule = a_fee(f, CONTRACTS__FEE_KIND__PER_HOUR, 1000);
        assert_false(fee_of_contract(rule, &basis, &fee, &refusal));
        assert_string_equal(refusal.field, "agreement.fee");
        assert_int_equal(money_cents(fee), 7);
}

static size_t doubts(const Contracts__FeeRule *rule, const Contracts__HourFeeRule *usage, struct to_confirm *ret)
{
        fee_doubt(rule, usage, ret);
        return ret->count;
}

/* What an hour costs by usage is data, to be confirmed: the one who signs sees it, and where the rate is out of it. */
static void test_a_rate_an_hour_is_told(void **state)
{
        struct fixture *f = *state;
        Contracts__HourFeeRule usage = CONTRACTS__HOUR_FEE_RULE__INIT;
        Contracts__FeeRule *rule = a_fee(f, CONTRACTS__FEE_KIND__PER_HOUR, 0);
        struct to_confirm list = {.arena = &f->arena};
        usage.least = money_to(&f->arena, money_of_cents(50));
        usage.most = money_to(&f->arena, money_of_cents(300));
        usage.source = (char *)"à confirmer";
        rule->rate = money_to(&f->arena, money_of_cents(300));
        assert_int_equal(doubts(rule, &usage, &list), 1);
        assert_non_null(strstr(list.texts[0], "dans l'usage"));
        assert_non_null(strstr(list.texts[0], "(à confirmer)"));
        rule->rate = money_to(&f->arena, money_of_cents(301));
        assert_int_equal(doubts(rule, &usage, &list), 2);
        assert_non_null(strstr(list.texts[1], "hors de l'usage"));
        assert_int_equal(doubts(rule, NULL, &list), 3);
        assert_non_null(strstr(list.texts[2], "aucun usage daté"));
        rule->kind = CONTRACTS__FEE_KIND__LUMP_SUM_YEAR;
        assert_int_equal(doubts(rule, &usage, &list), 3);
        assert_int_equal(doubts(NULL, &usage, &list), 3);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_rules, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_lump_sum, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_cap, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_beyond_all_figures, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_rate_an_hour_is_told, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
