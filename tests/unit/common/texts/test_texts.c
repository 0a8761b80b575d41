/* Texts of a library: fields, the words for those without a value, sections. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/texts/texts.h"

static Texts__Text letter(char **lines, size_t count)
{
        Texts__Text text = TEXTS__TEXT__INIT;
        text.name = (char *)"letter";
        text.title = (char *)"Lettre";
        text.lines = lines;
        text.n_lines = count;
        return text;
}

static void test_fields_are_merged(void **state)
{
        char *lines[] = {(char *)"{{buyer}}, le {{day}}", (char *)"", (char *)"Fin {{ sans suite. {{buyer}}"};
        const struct text_field fields[] = {{"day", "1er mars 2026"}, {"buyer", "Ville d'Albi"}};
        struct arena arena = {0};
        struct refusal refusal;
        (void)state;
        Texts__Text text = letter(lines, 2);
        char *merged = text_merge(&text, fields, ARRAY_SIZE(fields), &arena, &refusal);
        assert_non_null(merged);
        assert_string_equal(merged, "Ville d'Albi, le 1er mars 2026\n\n");
        arena_fini(&arena);
}

static void test_what_is_missing_is_named_at_once(void **state)
{
        char *lines[] = {(char *)"{{buyer}} {{hours}}", (char *)"{{contact}} {{hours}}"};
        const struct text_field fields[] = {{"buyer", "Ville d'Albi"}, {"hours", ""}};
        struct arena arena = {0};
        struct refusal refusal;
        (void)state;
        Texts__Text text = letter(lines, 2);
        assert_null(text_merge(&text, fields, ARRAY_SIZE(fields), &arena, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal.text, "« Lettre »"));
        assert_non_null(strstr(refusal.text, "il manque : hours, contact."));
        arena_fini(&arena);
}

/* Braces that open nothing are plain text. */
static void test_a_lone_brace(void **state)
{
        char *lines[] = {(char *)"Un {{ seul", (char *)"}} {{a}}{{b}}"};
        const struct text_field fields[] = {{"a", "1"}, {"b", "2"}};
        struct arena arena = {0};
        struct refusal refusal;
        (void)state;
        Texts__Text text = letter(lines, 2);
        assert_string_equal(text_merge(&text, fields, ARRAY_SIZE(fields), &arena, &refusal), "Un {{ seul\n}} 12\n");
        arena_fini(&arena);
}

static void merges(const char *line, const struct text_field *fields, size_t count, const char *wanted)
{
        struct arena arena = {0};
        struct refusal refusal;
        char *lines[] = {(char *)(uintptr_t)line, (char *)"-"};
        Texts__Text text = letter(lines, 2);
        assert_string_equal(text_merge(&text, fields, count, &arena, &refusal), wanted);
        arena_fini(&arena);
}

static void test_sections(void **state)
{
        const struct text_field fields[] = {{"day", "lundi"}, {"buyer", ""}, {"site", "{{#day}}{{day}}"}};
        static const struct {
                const char *line, *wanted;
        } cases[] = {
                {"{{#day}}le {{day}}{{/day}}{{^day}}un jour{{/day}}.", "le lundi.\n-\n"},
                {"{{#buyer}}à {{buyer}}{{/buyer}}{{^buyer}}à personne{{/buyer}}.", "à personne.\n-\n"},
                {"{{buyer|un acheteur}}, {{day|un jour}}", "un acheteur, lundi\n-\n"},
                {"{{buyer|}}", "\n-\n"},                    /* a line of its own all the same */
                {"{{#buyer}}à {{buyer}}{{/buyer}}", "-\n"}, /* nothing was to be said */
                {"", "\n-\n"},
                {"{{site}}", "{{#day}}{{day}}\n-\n"}, /* a value is words */
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
                merges(cases[i].line, fields, ARRAY_SIZE(fields), cases[i].wanted);
}

/* A field in a section that is not said is not missing. */
static void test_nothing_is_missing_in_silence(void **state)
{
        (void)state;
        merges("a{{#buyer}}{{hours}}{{/buyer}}", NULL, 0, "a\n-\n");
}

static void test_title_and_body(void **state)
{
        const struct text_field fields[] = {{"day", "lundi"}};
        char *lines[] = {(char *)"le {{day}}", (char *)"", (char *)"{{hours}} h"};
        struct arena arena = {0};
        (void)state;
        Texts__Text text = letter(lines, 3);
        text.title = (char *)"Lettre{{#day}} du {{day}}{{/day}}";
        assert_string_equal(text_title(&text, fields, 1, &arena), "Lettre du lundi");
        assert_string_equal(text_title(&text, NULL, 0, &arena), "Lettre");
        assert_string_equal(text_body(&text, fields, 1, &arena), "le lundi\n\n h");
        text.n_lines = 0;
        assert_string_equal(text_body(&text, fields, 1, &arena), "");
        arena_fini(&arena);
}

static void test_by_name(void **state)
{
        Texts__TextVersion version = TEXTS__TEXT_VERSION__INIT;
        Texts__Text text = letter(NULL, 0), *texts[] = {&text};
        (void)state;
        version.texts = texts;
        version.n_texts = 1;
        assert_ptr_equal(text_find(&version, "letter"), &text);
        assert_null(text_find(&version, "lett"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_fields_are_merged),
                cmocka_unit_test(test_what_is_missing_is_named_at_once),
                cmocka_unit_test(test_a_lone_brace),
                cmocka_unit_test(test_sections),
                cmocka_unit_test(test_nothing_is_missing_in_silence),
                cmocka_unit_test(test_title_and_body),
                cmocka_unit_test(test_by_name),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
