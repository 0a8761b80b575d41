/* The options of a verb: where values go, what is left, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/ctl/options.h"

static const struct verb verb = {.name = "essai"};

struct values {
        const char *dir;
        uint64_t seconds;
        bool all;
};

static int parse(struct values *values, int argc, const char **argv)
{
        const struct option_row rows[] = {
                {.name = "--dir", .text = &values->dir},
                {.name = "--seconds", .number = &values->seconds, .number_max = 60},
                {.name = "--all", .flag = &values->all},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        return options_parse(&verb, &options, argc, (char **)(uintptr_t)argv);
}

static void test_options_among_words(void **state)
{
        (void)state;
        struct values values = {.dir = "run", .seconds = 5};
        const char *argv[] = {"a", "--dir", "x", "--all", "-", "--seconds", "60"};
        assert_int_equal(parse(&values, ARRAY_SIZE(argv), argv), 2);
        assert_string_equal(argv[0], "a");
        assert_string_equal(argv[1], "-"); /* standard input is a word */
        assert_string_equal(values.dir, "x");
        assert_int_equal(values.seconds, 60);
        assert_true(values.all);
}

static void test_defaults_stay(void **state)
{
        (void)state;
        struct values values = {.dir = "run", .seconds = 5};
        const char *argv[] = {"a"};
        assert_int_equal(parse(&values, 1, argv), 1);
        assert_string_equal(values.dir, "run");
        assert_int_equal(values.seconds, 5);
        assert_false(values.all);
}

static void test_refused(void **state)
{
        (void)state;
        static const char *wrong[][4] = {
                {"a", "--none"},
                {"a", "--dir"},
                {"a", "--seconds", "61"},
                {"a", "--seconds", "-1"},
                {"a", "--seconds", ""},
                {"a", "b", "c"},
                {"--all"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                struct values values = {0};
                int argc = 0;
                while (argc < 4 && wrong[i][argc] != NULL)
                        argc++;
                assert_int_equal(parse(&values, argc, wrong[i]), -1);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_options_among_words),
                cmocka_unit_test(test_defaults_stay),
                cmocka_unit_test(test_refused),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
