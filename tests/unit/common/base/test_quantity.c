#include "common/base/quantity.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/err.h"

static void sums_and_differences_are_exact(void **state)
{
        (void)state;
        struct hours hours;
        struct money money;

        assert_int_equal(hours_add(hours_of_hundredths(15167), hours_of_hundredths(-167), &hours), 0);
        assert_int_equal(hours_hundredths(hours), 15000);
        assert_int_equal(hours_subtract(hours_of_hundredths(100), hours_of_hundredths(300), &hours), 0);
        assert_int_equal(hours_hundredths(hours), -200);
        assert_int_equal(money_add(money_of_cents(1), money_of_cents(2), &money), 0);
        assert_int_equal(money_cents(money), 3);
}

static void overflow_is_told_and_leaves_the_result(void **state)
{
        (void)state;
        struct hours most = hours_of_hundredths(INT64_MAX), least = hours_of_hundredths(INT64_MIN);
        struct hours hours = hours_of_hundredths(42);
        struct money money = money_of_cents(42);

        assert_int_equal(hours_add(most, hours_of_hundredths(0), &hours), 0);
        assert_int_equal(hours_hundredths(hours), INT64_MAX);
        hours = hours_of_hundredths(42);
        assert_int_equal(hours_add(most, hours_of_hundredths(1), &hours), ERR_OVERFLOW);
        assert_int_equal(hours_add(least, hours_of_hundredths(-1), &hours), ERR_OVERFLOW);
        assert_int_equal(hours_subtract(least, hours_of_hundredths(1), &hours), ERR_OVERFLOW);
        assert_int_equal(hours_subtract(hours_of_hundredths(0), least, &hours), ERR_OVERFLOW);
        assert_int_equal(hours_hundredths(hours), 42);
        assert_int_equal(money_add(money_of_cents(INT64_MAX), money_of_cents(1), &money), ERR_OVERFLOW);
        assert_int_equal(money_cents(money), 42);
}

/* Published examples of the calculation: 833.33 h and 3,500 h. */
static void an_amount_buys_its_hours(void **state)
{
        (void)state;
        static const struct {
                int64_t amount_cents;
                uint32_t labour, rate; /* millionths */
                int64_t hour_cents;
                int64_t hundredths;
        } cases[] = {
                {100000000, 500000, 50000, 3000, 83333},
                {150000000, 700000, 100000, 3000, 350000},
                {150000000, 700000, 1000000, 3000, 3500000},
                {0, 500000, 50000, 3000, 0},
                {100000000, 0, 50000, 3000, 0},
                {2999, 1000000, 1000000, 3000, 99}, /* down, never up */
                {1, 1000000, 1000000, 1, 100},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct hours hours;
                assert_int_equal(hours_bought(money_of_cents(cases[i].amount_cents),
                                              share_of_millionths(cases[i].labour), share_of_millionths(cases[i].rate),
                                              money_of_cents(cases[i].hour_cents), &hours),
                                 0);
                assert_int_equal(hours_hundredths(hours), cases[i].hundredths);
        }
}

static void an_impossible_purchase_is_told(void **state)
{
        (void)state;
        struct share one = share_of_millionths(SHARE_ONE_MILLIONTHS);
        struct share more = share_of_millionths(SHARE_ONE_MILLIONTHS + 1);
        struct money most = money_of_cents(INT64_MAX), cent = money_of_cents(1);
        struct hours hours = hours_of_hundredths(42);

        assert_int_equal(hours_bought(cent, one, one, money_of_cents(0), &hours), ERR_OVERFLOW);
        assert_int_equal(hours_bought(cent, one, one, money_of_cents(-3000), &hours), ERR_OVERFLOW);
        assert_int_equal(hours_bought(money_of_cents(-1), one, one, cent, &hours), ERR_OVERFLOW);
        assert_int_equal(hours_bought(cent, more, one, cent, &hours), ERR_OVERFLOW);
        assert_int_equal(hours_bought(cent, one, more, cent, &hours), ERR_OVERFLOW);
        assert_int_equal(hours_bought(most, one, one, cent, &hours), ERR_OVERFLOW);
        assert_int_equal(hours_hundredths(hours), 42);
        assert_int_equal(hours_bought(most, one, one, money_of_cents(100), &hours), 0);
        assert_int_equal(hours_hundredths(hours), INT64_MAX);
}

static void a_share_of_hours_is_exact(void **state)
{
        struct hours hours = hours_of_hundredths(7);
        (void)state;
        assert_int_equal(hours_share(hours_of_hundredths(3500000), share_of_millionths(50000), &hours), 0);
        assert_int_equal(hours_hundredths(hours), 175000); /* 5 % of 35,000 h */
        assert_int_equal(hours_share(hours_of_hundredths(199), share_of_millionths(500000), &hours), 0);
        assert_int_equal(hours_hundredths(hours), 99); /* cut */
        assert_int_equal(hours_share(hours_of_hundredths(INT64_MAX), share_of_millionths(1000000), &hours), 0);
        assert_true(hours_hundredths(hours) == INT64_MAX);
        assert_int_equal(hours_share(hours_of_hundredths(-1), share_of_millionths(1), &hours), ERR_OVERFLOW);
        assert_int_equal(hours_share(hours_of_hundredths(1), share_of_millionths(1000001), &hours), ERR_OVERFLOW);
        assert_true(hours_hundredths(hours) == INT64_MAX);
}

static void hours_come_back_from_text(void **state)
{
        (void)state;
        static const struct {
                int64_t hundredths;
                const char *text;
        } cases[] = {
                {15167, "151.67"},
                {-300, "-3.00"},
                {5, "0.05"},
                {-5, "-0.05"},
                {0, "0.00"},
                {INT64_MAX, "92233720368547758.07"},
                {INT64_MIN, "-92233720368547758.08"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char text[QUANTITY_TEXT_SIZE];
                struct hours hours;
                struct money money;
                hours_format(hours_of_hundredths(cases[i].hundredths), text);
                assert_string_equal(text, cases[i].text);
                assert_int_equal(hours_parse(text, &hours), 0);
                assert_int_equal(hours_hundredths(hours), cases[i].hundredths);
                money_format(money_of_cents(cases[i].hundredths), text);
                assert_string_equal(text, cases[i].text);
                assert_int_equal(money_parse(text, &money), 0);
                assert_int_equal(money_cents(money), cases[i].hundredths);
        }
}

static void fewer_digits_are_read(void **state)
{
        (void)state;
        struct hours hours;
        assert_int_equal(hours_parse("7", &hours), 0);
        assert_int_equal(hours_hundredths(hours), 700);
        assert_int_equal(hours_parse("7.5", &hours), 0);
        assert_int_equal(hours_hundredths(hours), 750);
        assert_int_equal(hours_parse("-0.5", &hours), 0);
        assert_int_equal(hours_hundredths(hours), -50);
        assert_int_equal(hours_parse("007.50", &hours), 0);
        assert_int_equal(hours_hundredths(hours), 750);
}

static void what_is_no_amount_is_refused(void **state)
{
        (void)state;
        static const char *const malformed[] = {"",      "-",    ".",   ".5",   "5.",        "1,5",
                                                "1.234", "1e3",  " 1",  "1 ",   "+1",        "--1",
                                                "1.2.3", "0x10", "NaN", "1.-5", "12 000.00", "1 000"};
        static const char *const too_large[] = {"92233720368547758.08", "-92233720368547758.09", "9223372036854775807",
                                                "99999999999999999999999999"};
        struct money money = money_of_cents(42);

        for (size_t i = 0; i < ARRAY_SIZE(malformed); i++)
                assert_int_equal(money_parse(malformed[i], &money), ERR_MALFORMED);
        for (size_t i = 0; i < ARRAY_SIZE(too_large); i++)
                assert_int_equal(money_parse(too_large[i], &money), ERR_OVERFLOW);
        assert_int_equal(money_cents(money), 42);
}

static void shares_come_back_from_text(void **state)
{
        (void)state;
        static const struct {
                uint32_t millionths;
                const char *text;
        } cases[] = {{0, "0.0"},      {50000, "0.05"},      {1000000, "1.0"},
                     {1, "0.000001"}, {123456, "0.123456"}, {UINT32_MAX, "4294.967295"}};
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char text[QUANTITY_TEXT_SIZE];
                struct share share;
                share_format(share_of_millionths(cases[i].millionths), text);
                assert_string_equal(text, cases[i].text);
                assert_int_equal(share_parse(text, &share), 0);
                assert_int_equal(share_millionths(share), cases[i].millionths);
        }
}

static void decimals_come_back_from_text(void **state)
{
        static const struct {
                int64_t millionths;
                const char *text;
        } cases[] = {
                {0, "0.0"},         {INT64_C(15703250000), "15703.25"},  {-1, "-0.000001"},
                {-2500000, "-2.5"}, {INT64_MAX, "9223372036854.775807"}, {INT64_MIN, "-9223372036854.775808"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char text[QUANTITY_TEXT_SIZE];
                struct decimal decimal = decimal_of_millionths(42);
                decimal_format(decimal_of_millionths(cases[i].millionths), text);
                assert_string_equal(text, cases[i].text);
                assert_int_equal(decimal_parse(text, &decimal), 0);
                assert_int_equal(decimal_millionths(decimal), cases[i].millionths);
        }
}

static void what_is_no_share_is_refused(void **state)
{
        (void)state;
        struct share share = share_of_millionths(42);
        assert_int_equal(share_parse("-0.1", &share), ERR_OVERFLOW);
        assert_int_equal(share_parse("4294.967296", &share), ERR_OVERFLOW);
        assert_int_equal(share_parse("0.1234567", &share), ERR_MALFORMED);
        assert_int_equal(share_parse("50 %", &share), ERR_MALFORMED);
        assert_int_equal(share_millionths(share), 42);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(sums_and_differences_are_exact),
                cmocka_unit_test(overflow_is_told_and_leaves_the_result),
                cmocka_unit_test(an_amount_buys_its_hours),
                cmocka_unit_test(an_impossible_purchase_is_told),
                cmocka_unit_test(a_share_of_hours_is_exact),
                cmocka_unit_test(hours_come_back_from_text),
                cmocka_unit_test(fewer_digits_are_read),
                cmocka_unit_test(what_is_no_amount_is_refused),
                cmocka_unit_test(shares_come_back_from_text),
                cmocka_unit_test(decimals_come_back_from_text),
                cmocka_unit_test(what_is_no_share_is_refused),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
