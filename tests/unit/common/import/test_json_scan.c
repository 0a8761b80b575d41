#include "common/import/json_scan.h"

#include "tests/unit/common/import/reading.h"

static void ends_after(const char *text, size_t expected)
{
        assert_int_equal(json_scan_value(slice_of_text(text), false), expected);
}

static void values_end_where_they_end(void **state)
{
        (void)state;
        ends_after("{}, {}", 2);
        ends_after("{\"a\": [1, {\"b\": []}], \"c\": \"}]\"} ", 32);
        ends_after("[[[]]]]", 6);
        ends_after("\"a\\\"b\" ", 6);
        ends_after("\"a\\\\\" \"", 5);
        ends_after("12.5,", 4);
        ends_after("NaN}", 3);
        ends_after("true]", 4);
        ends_after(":x]", 2); /* nonsense advances all the same */
}

static void what_does_not_end_has_no_size(void **state)
{
        (void)state;
        ends_after("", 0);
        ends_after("{\"a\": [1, 2", 0);
        ends_after("\"abc", 0);
        ends_after("\"abc\\", 0);
        ends_after("{\"a\": \"b}", 0);
        ends_after("12", 0);
}

static void brackets_that_do_not_match_are_closed(void **state)
{
        (void)state;
        ends_after("{\"a\": [1, 2}, {}", 12);       /* the list inside was never closed */
        ends_after("{\"a\": {\"b\": [1}], {}", 15); /* its bracket belongs to the list around */
        ends_after("{\"a\": 1], \"x\"", 7);
        ends_after("{\"a\": 1 , {\"a\": 2}", 8); /* the brace of the first is missing */
        ends_after("{\"a\": {\"b\": 1, \"c\": 2}, {\"a\": 2}", 22);
}

static void deep_nesting_is_only_counted(void **state)
{
        char text[401];

        (void)state;
        memset(text, '[', 200);
        memset(text + 200, ']', 200);
        text[400] = '\0';
        ends_after(text, 400);
        text[399] = '\0';
        ends_after(text, 0);
}

static void a_string_may_be_taken_to_end_with_its_line(void **state)
{
        struct slice text = slice_of_text("{\"a\": \"no end,\n \"b\": 2}, {}");

        (void)state;
        assert_int_equal(json_scan_value(text, false), 0);
        assert_int_equal(json_scan_value(text, true), 23);
        assert_int_equal(json_scan_string(slice_of_text("\"a\nb\""), false), 5);
        assert_int_equal(json_scan_string(slice_of_text("\"a\nb\""), true), 2);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(values_end_where_they_end),
                cmocka_unit_test(what_does_not_end_has_no_size),
                cmocka_unit_test(brackets_that_do_not_match_are_closed),
                cmocka_unit_test(deep_nesting_is_only_counted),
                cmocka_unit_test(a_string_may_be_taken_to_end_with_its_line),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
