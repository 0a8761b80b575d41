/* A line, cut into its pieces. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "common/base/attr.h"
#include "common/texts/pieces.h"

static void is(const char **at, enum piece_kind kind, const char *text, const char *otherwise)
{
        struct piece piece;
        assert_true(piece_next(at, &piece));
        assert_int_equal(piece.kind, kind);
        assert_true(span_is(piece.text, text));
        assert_true(otherwise == NULL ? piece.otherwise.start == NULL : span_is(piece.otherwise, otherwise));
}

static void test_kinds(void **state)
{
        const char *at = "Le {{day}}{{#a}}{{b|un {mot}}}{{/a}}{{^a}}{{c|}}}}{{";
        struct piece piece;
        (void)state;
        is(&at, PIECE_WORDS, "Le ", NULL);
        is(&at, PIECE_FIELD, "day", NULL);
        is(&at, PIECE_SECTION, "a", NULL);
        is(&at, PIECE_FIELD, "b", "un {mot");
        is(&at, PIECE_WORDS, "}", NULL);
        is(&at, PIECE_END, "a", NULL);
        is(&at, PIECE_WITHOUT, "a", NULL);
        is(&at, PIECE_FIELD, "c", "");
        is(&at, PIECE_WORDS, "}}{{", NULL);
        assert_false(piece_next(&at, &piece));
}

static void test_no_name(void **state)
{
        const char *at = "{{}}{{#}}{{|x}}";
        (void)state;
        is(&at, PIECE_FIELD, "", NULL);
        is(&at, PIECE_SECTION, "", NULL);
        is(&at, PIECE_FIELD, "", "x");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_kinds),
                cmocka_unit_test(test_no_name),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
