#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/texts/texts.h"

static Contracts__Text letter(char **lines, size_t count)
{
        Contracts__Text text = CONTRACTS__TEXT__INIT;
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
        Contracts__Text text = letter(lines, 2);
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
        Contracts__Text text = letter(lines, 2);
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
        Contracts__Text text = letter(lines, 2);
        assert_string_equal(text_merge(&text, fields, ARRAY_SIZE(fields), &arena, &refusal), "Un {{ seul\n}} 12\n");
        arena_fini(&arena);
}

static void test_by_name(void **state)
{
        Contracts__TextVersion version = CONTRACTS__TEXT_VERSION__INIT;
        Contracts__Text text = letter(NULL, 0), *texts[] = {&text};
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
                cmocka_unit_test(test_by_name),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
