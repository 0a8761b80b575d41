#include "common/import/fields.h"

#include "tests/unit/common/import/reading.h"

static void text_is(struct reading *reading, const char *json, const char *expected)
{
        struct node at = reading_node(reading, json);
        char *text = field_text(&reading->found, &at);
        assert_non_null(text);
        assert_string_equal(text, expected);
        assert_int_equal(reading->found.warnings.count, 0);
}

static void forms_that_lose_nothing_are_rewritten(void **state)
{
        struct reading *reading = *state;

        text_is(reading, "'  Travaux de voirie\\t'", "Travaux de voirie");
        text_is(reading, "'Lot 1\\nGros \\u0153uvre'", "Lot 1 Gros œuvre");
        text_is(reading, "'Lot 1\\\\nGros'", "Lot 1 Gros");
        text_is(reading, "'l\\u0092eau \\u0080 \\u009cuvre'", "l’eau € œuvre");
        text_is(reading, "'a\\\\b'", "a\\b");
        text_is(reading, "12", "12");
        text_is(reading, "-1.5", "-1.5");
        text_is(reading, "'NC'", "NC");
}

static void what_is_absent_is_absent(void **state)
{
        static const char *const absent[] = {"null", "''", "'  \\n'"};
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++) {
                struct node root = reading_node(reading, arena_printf(&reading->arena, "[%s]", absent[i]));
                struct node at = node_item(&root, 0);
                assert_null(field_text(&reading->found, &at));
        }
        struct node placeholder = reading_node(reading, "'CDL'"), word = reading_node(reading, "'Ferme'");
        assert_null(field_code(&reading->found, &placeholder));
        assert_string_equal(field_code(&reading->found, &word), "Ferme");
        assert_int_equal(reading->found.warnings.count, 0);
}

static void other_types_are_left_aside(void **state)
{
        struct reading *reading = *state;
        struct node at = reading_node(reading, "{'a': 1}");

        assert_null(field_text(&reading->found, &at));
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_NOT_TEXT), 1);
}

static void lost_characters_are_told_once(void **state)
{
        struct reading *reading = *state;
        struct node at = reading_node(reading, "'Soci\\ufffdt\\ufffd'");

        assert_string_equal(field_text(&reading->found, &at), "Soci\xef\xbf\xbdt\xef\xbf\xbd");
        assert_non_null(field_text(&reading->found, &at));
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_LOST_CHARACTERS), 1);
}

static void long_texts_are_cut_at_a_character(void **state)
{
        struct reading *reading = *state;
        size_t size = FIELD_TEXT_BYTES_MAX + 101;
        char *json = arena_alloc(&reading->arena, size + 1);

        json[0] = json[size - 1] = '\'';
        json[1] = 'a'; /* so that the bound falls inside an é */
        for (size_t i = 2; i < size - 1; i += 2)
                memcpy(json + i, "é", 2);
        json[size] = '\0';
        json[size - 1] = '\'';
        struct node at = reading_node(reading, json);
        char *text = field_text(&reading->found, &at);
        assert_int_equal(strlen(text), FIELD_TEXT_BYTES_MAX - 1);
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_CUT), 1);
}

static void digits_lose_their_blanks(void **state)
{
        static const struct {
                const char *json;
                const char *digits;
        } cases[] = {
                {"'356 000 000 00048'", "35600000000048"},
                {"'\\t77566635700063 '", "77566635700063"},
                {"'775\\u00a0666\\u202f357'", "775666357"},
                {"'45 000 000'", "45000000"},
                {"'BETON 3D'", "BETON 3D"},
                {"35600000000048", "35600000000048"},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct node at = reading_node(reading, cases[i].json);
                assert_string_equal(field_digits(&reading->found, &at), cases[i].digits);
        }
        assert_int_equal(reading->found.warnings.count, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(forms_that_lose_nothing_are_rewritten),
                READING_TEST(what_is_absent_is_absent),
                READING_TEST(other_types_are_left_aside),
                READING_TEST(lost_characters_are_told_once),
                READING_TEST(long_texts_are_cut_at_a_character),
                READING_TEST(digits_lose_their_blanks),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
