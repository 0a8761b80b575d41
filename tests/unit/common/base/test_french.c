#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/french.h"

#define THIN     "\xe2\x80\xaf"
#define NO_BREAK "\xc2\xa0"

static struct arena arena;

static int setup(void **state)
{
        (void)state;
        arena_init(&arena);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static void test_hours(void **state)
{
        (void)state;
        assert_string_equal(french_hours(&arena, hours_of_hundredths(0)), "0" NO_BREAK "h");
        assert_string_equal(french_hours(&arena, hours_of_hundredths(3500)), "35" NO_BREAK "h");
        assert_string_equal(french_hours(&arena, hours_of_hundredths(15167)), "151,67" NO_BREAK "h");
        assert_string_equal(french_hours(&arena, hours_of_hundredths(-12345650)), "-123" THIN "456,5" NO_BREAK "h");
        assert_string_equal(french_hours(&arena, hours_of_hundredths(INT64_MIN)),
                            "-92" THIN "233" THIN "720" THIN "368" THIN "547" THIN "758,08" NO_BREAK "h");
}

static void test_decimal(void **state)
{
        (void)state;
        assert_string_equal(french_decimal(&arena, decimal_of_millionths(520625)), "0,52");
        assert_string_equal(french_decimal(&arena, decimal_of_millionths(1234500000)), "1" THIN "234,5");
        assert_string_equal(french_decimal(&arena, decimal_of_millionths(2000000)), "2");
}

static void test_money(void **state)
{
        (void)state;
        assert_string_equal(french_money(&arena, money_of_cents(8223800)), "82" THIN "238" NO_BREAK "€");
        assert_string_equal(french_money(&arena, money_of_cents(2004)), "20,04" NO_BREAK "€");
        assert_string_equal(french_money(&arena, money_of_cents(2050)), "20,50" NO_BREAK "€");
        assert_string_equal(french_money(&arena, money_of_cents(100000000)), "1" THIN "000" THIN "000" NO_BREAK "€");
}

static void test_share(void **state)
{
        (void)state;
        assert_string_equal(french_share(&arena, share_of_millionths(50000)), "5" NO_BREAK "%");
        assert_string_equal(french_share(&arena, share_of_millionths(125000)), "12,5" NO_BREAK "%");
        assert_string_equal(french_share(&arena, share_of_millionths(1)), "0,0001" NO_BREAK "%");
        assert_string_equal(french_share(&arena, share_of_millionths(SHARE_ONE_MILLIONTHS)), "100" NO_BREAK "%");
}

static void test_days(void **state)
{
        (void)state;
        assert_string_equal(french_day(&arena, day_of_civil((struct civil){2026, 3, 1})), "1er mars 2026");
        assert_string_equal(french_day(&arena, day_of_civil((struct civil){2026, 12, 31})), "31 décembre 2026");
        assert_string_equal(french_month(&arena, month_of_day(day_of_civil((struct civil){2026, 8, 22}))), "août 2026");
}

static void test_counts(void **state)
{
        (void)state;
        assert_string_equal(french_count(&arena, 0, "jour"), "0 jour");
        assert_string_equal(french_count(&arena, 1, "jour"), "1 jour");
        assert_string_equal(french_count(&arena, 2, "jour"), "2 jours");
        assert_string_equal(french_count(&arena, -3, "jour"), "-3 jours");
        assert_string_equal(french_count(&arena, 1600, "personne"), "1" THIN "600 personnes");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_hours, setup, teardown),
                cmocka_unit_test_setup_teardown(test_decimal, setup, teardown),
                cmocka_unit_test_setup_teardown(test_money, setup, teardown),
                cmocka_unit_test_setup_teardown(test_share, setup, teardown),
                cmocka_unit_test_setup_teardown(test_days, setup, teardown),
                cmocka_unit_test_setup_teardown(test_counts, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
