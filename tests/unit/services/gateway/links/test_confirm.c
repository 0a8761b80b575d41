/* The number that a person writes in figures: of its link and its act, and none that programs like to fill in. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/links/confirm.h"

enum { LINKS = 2000 };

static struct slice hash_of(uint32_t *n)
{
        return slice_of((const uint8_t *)n, sizeof(*n));
}

/* The figures of the words. */
static void read(const char *words, char ret[CONFIRM_FIGURES + 1])
{
        static const char *const names[] = {"zéro", "un",  "deux", "trois", "quatre",
                                            "cinq", "six", "sept", "huit",  "neuf"};
        char text[CONFIRM_WORDS_SIZE];
        size_t count = 0;
        (void)snprintf(text, sizeof(text), "%s", words);
        for (char *rest = NULL, *word = strtok_r(text, ", ", &rest); word != NULL; word = strtok_r(NULL, ", ", &rest))
                for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                        if (strcmp(word, names[i]) == 0)
                                ret[count++] = (char)('0' + i);
        ret[count] = '\0';
        assert_int_equal(count, CONFIRM_FIGURES);
}

static void test_what_is_spelled_holds(void **state)
{
        (void)state;
        for (uint32_t n = 0; n < LINKS; n++) {
                char words[CONFIRM_WORDS_SIZE], figures[CONFIRM_FIGURES + 1], apart[16];
                confirm_words(hash_of(&n), "faire", words);
                read(words, figures);
                assert_true(confirm_holds(hash_of(&n), "faire", figures));
                (void)snprintf(apart, sizeof(apart), " %c %.2s %c ", figures[0], figures + 1, figures[3]);
                assert_true(confirm_holds(hash_of(&n), "faire", apart));
                assert_false(confirm_holds(hash_of(&n), "faire", words));
        }
}

static void test_nothing_else_holds(void **state)
{
        static const char *const tried[] = {"",      "0",    "0000", "1111", "1234", "0123",
                                            "4321x", "2026", "2027", "1999", "test", "12345"};
        size_t others = 0;
        (void)state;
        for (uint32_t n = 0; n < LINKS; n++) {
                char words[CONFIRM_WORDS_SIZE], figures[CONFIRM_FIGURES + 1], longer[16];
                for (size_t i = 0; i < ARRAY_SIZE(tried); i++)
                        assert_false(confirm_holds(hash_of(&n), "faire", tried[i]));
                confirm_words(hash_of(&n), "faire", words);
                read(words, figures);
                (void)snprintf(longer, sizeof(longer), "%s0", figures);
                assert_false(confirm_holds(hash_of(&n), "faire", longer));
                figures[3] = '\0';
                assert_false(confirm_holds(hash_of(&n), "faire", figures));
                read(words, figures);
                others += confirm_holds(hash_of(&n), "pas-moi", figures);
        }
        assert_true(others < 10); /* one in 4,500 */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_spelled_holds),
                cmocka_unit_test(test_nothing_else_holds),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
