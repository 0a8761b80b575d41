/* Which bytes are wanted, and where a body goes on: the forms of RFC 9110, and all that are none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "services/gateway/front/range.h"

static void test_wanted(void **state)
{
        (void)state;
        static const struct {
                const char *range;
                enum range_verdict verdict;
                uint64_t from, size;
        } rows[] = {
                {NULL, RANGE_WHOLE, 0, 1000},
                {"bytes=0-0", RANGE_PART, 0, 1},
                {"bytes=500-", RANGE_PART, 500, 500},
                {"Bytes=999-5000", RANGE_PART, 999, 1},
                {"bytes=-1", RANGE_PART, 999, 1},
                {"bytes=-5000", RANGE_PART, 0, 1000},
                {"bytes=-0", RANGE_OUTSIDE, 0, 1000},
                {"bytes=1000-", RANGE_OUTSIDE, 0, 1000},
                {"bytes=5-4", RANGE_WHOLE, 0, 1000},
                {"bytes=-", RANGE_WHOLE, 0, 1000},
                {"bytes=0-1,5-6", RANGE_WHOLE, 0, 1000},
                {"bytes= 0-1", RANGE_WHOLE, 0, 1000},
                {"lines=0-1", RANGE_WHOLE, 0, 1000},
                {"bytes=99999999999999999999-", RANGE_WHOLE, 0, 1000},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                uint64_t from, size;
                const struct range_wish wish = {rows[i].range, NULL, "\"a\"", 1000};
                assert_int_equal(range_wanted(&wish, &from, &size), rows[i].verdict);
                assert_int_equal(from, rows[i].from);
                assert_int_equal(size, rows[i].size);
        }
}

static void test_if_range(void **state)
{
        (void)state;
        uint64_t from, size;
        const struct range_wish same = {"bytes=1-", "\"a\"", "\"a\"", 10}, other = {"bytes=1-", "\"b\"", "\"a\"", 10};
        assert_int_equal(range_wanted(&same, &from, &size), RANGE_PART);
        assert_int_equal(range_wanted(&other, &from, &size), RANGE_WHOLE);
}

static void test_sent(void **state)
{
        (void)state;
        static const char *const bad[] = {"",
                                          "bytes 5",
                                          "bytes 5-4/10",
                                          "bytes 0-10/10",
                                          "bytes */10",
                                          "lines 0-1/2",
                                          "bytes 0-1/2 ",
                                          "bytes 0-1/2,3-4",
                                          "bytes -1-2/3"};
        uint64_t from;
        assert_true(range_sent(NULL, &from) && from == 0);
        assert_true(range_sent("bytes 65536-99999/100000", &from) && from == 65536);
        assert_true(range_sent("bytes 65536-99999/*", &from) && from == 65536);
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                if (range_sent(bad[i], &from))
                        fail_msg("%s", bad[i]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_wanted),
                cmocka_unit_test(test_if_range),
                cmocka_unit_test(test_sent),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
