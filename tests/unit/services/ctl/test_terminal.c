/* Numbers, amounts and durations as a French reader expects them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/ctl/terminal.h"

#define THIN "\xe2\x80\xaf"

static void test_numbers(void **state)
{
        (void)state;
        char text[NUMBER_TEXT_SIZE];
        assert_string_equal(number_text(0, text), "0");
        assert_string_equal(number_text(999, text), "999");
        assert_string_equal(number_text(1000, text), "1" THIN "000");
        assert_string_equal(number_text(1234567, text), "1" THIN "234" THIN "567");
        assert_string_equal(number_text(UINT64_MAX, text),
                            "18" THIN "446" THIN "744" THIN "073" THIN "709" THIN "551" THIN "615");
}

static void test_amounts(void **state)
{
        (void)state;
        char text[NUMBER_TEXT_SIZE];
        assert_string_equal(amount_text("1784000.50", text), "1" THIN "784" THIN "000,50");
        assert_string_equal(amount_text("-239.17", text), "-239,17");
        assert_string_equal(amount_text("-1234.00", text), "-1" THIN "234,00");
        assert_string_equal(amount_text("0.05", text), "0,05");
        assert_string_equal(amount_text("12", text), "12");
}

static void test_durations(void **state)
{
        (void)state;
        char text[NUMBER_TEXT_SIZE];
        assert_string_equal(duration_text(999, text), "0 s");
        assert_string_equal(duration_text(59999, text), "59 s");
        assert_string_equal(duration_text(725000, text), "12 min 5 s");
        assert_string_equal(duration_text(11040000, text), "3 h 4 min");
        assert_string_equal(duration_text(183600000, text), "2 j 3 h");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_numbers),
                cmocka_unit_test(test_amounts),
                cmocka_unit_test(test_durations),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
