#include "common/import/notes.h"

#include "tests/unit/common/import/reading.h"

static void paths_lead_to_the_value(void **state)
{
        struct reading *reading = *state;
        struct node root = reading_node(reading, "{'a': [{'b': 12}, {'b': [true]}], 'c': null}");
        struct node a = node_member(&root, "a"), second = node_item(&a, 1), b = node_member(&second, "b");
        struct node item = node_item(&b, 0), absent = node_member(&root, "c");

        note_reason(&reading->found, NOTE_NUMBER, &item);
        note_warning(&reading->found, NOTE_MISSING, &absent);
        note_warning(&reading->found, NOTE_NOT_OBJECT, &root);
        assert_string_equal(reading->found.reasons.at[0].field, "a[1].b[0]");
        assert_string_equal(reading->found.reasons.at[0].value, "true");
        assert_string_equal(reading->found.reasons.at[0].text, note_text(NOTE_NUMBER));
        assert_string_equal(reading->found.warnings.at[0].field, "c");
        assert_string_equal(reading->found.warnings.at[0].value, "");
        assert_string_equal(reading->found.warnings.at[1].field, "");
        assert_null(absent.json);
}

static void the_first_present_key_is_taken(void **state)
{
        static const char *const keys[] = {"nom", "nom ", "name", NULL};
        struct reading *reading = *state;
        struct node root = reading_node(reading, "{'nom': null, 'name': 'x', 'nom ': 'y'}");
        struct node empty = reading_node(reading, "{}");
        struct node found = node_first(&root, keys), none = node_first(&empty, keys);

        assert_string_equal(tree_text(found.json), "y");
        assert_string_equal(found.name, "nom ");
        assert_null(none.json);
        assert_string_equal(none.name, "nom");
}

static void long_values_are_shortened_at_a_character(void **state)
{
        struct reading *reading = *state;
        char *text = arena_text(&reading->arena, "");

        for (int i = 0; i < NOTE_VALUE_CHARACTERS_MAX + 1; i++)
                text = arena_printf(&reading->arena, "%sé", text);
        struct node at = reading_node(reading, arena_printf(&reading->arena, "'%s'", text));
        note_reason(&reading->found, NOTE_LABEL, &at);
        const char *value = reading->found.reasons.at[0].value;
        assert_int_equal(strlen(value), 2 * NOTE_VALUE_CHARACTERS_MAX + strlen("…"));
        assert_string_equal(value + 2 * NOTE_VALUE_CHARACTERS_MAX, "…");
}

static void large_objects_and_control_characters_are_told_shortly(void **state)
{
        struct reading *reading = *state;
        char *large = arena_text(&reading->arena, "{ 'key0' : 0");

        for (int i = 1; i < 200; i++)
                large = arena_printf(&reading->arena, "%s,\n 'key%d': %d", large, i, i);
        struct node at = reading_node(reading, arena_printf(&reading->arena, "%s}", large));
        struct node text = reading_node(reading, "'a\\nb'");
        note_reason(&reading->found, NOTE_NOT_LIST, &at);
        note_reason(&reading->found, NOTE_NOT_LIST, &text);
        assert_memory_equal(reading->found.reasons.at[0].value, "{\"key0\":0,", 10);
        assert_true(strlen(reading->found.reasons.at[0].value) <= NOTE_VALUE_CHARACTERS_MAX + strlen("…"));
        assert_string_equal(reading->found.reasons.at[1].value, "a b");
}

static void lists_are_bounded(void **state)
{
        struct reading *reading = *state;
        struct node at = reading_node(reading, "1");

        for (int i = 0; i < NOTES_MAX + 5; i++) {
                note_warning(&reading->found, NOTE_DATE, &at);
                note_reason_text(&reading->found, NOTE_DATE, "field", "value");
        }
        assert_int_equal(reading->found.warnings.count, NOTES_MAX);
        assert_int_equal(reading->found.warnings.untold, 5);
        assert_int_equal(reading->found.reasons.count, NOTES_MAX);
        assert_int_equal(reading->found.reasons.untold, 5);
}

static void every_code_has_its_own_name_and_a_text(void **state)
{
        (void)state;
        for (int code = 0; code < NOTE_CODES; code++) {
                assert_non_null(note_name((enum note_code)code));
                assert_true(strlen(note_text((enum note_code)code)) > 5);
                for (int other = 0; other < code; other++)
                        assert_string_not_equal(note_name((enum note_code)code), note_name((enum note_code)other));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(paths_lead_to_the_value),
                READING_TEST(the_first_present_key_is_taken),
                READING_TEST(long_values_are_shortened_at_a_character),
                READING_TEST(large_objects_and_control_characters_are_told_shortly),
                READING_TEST(lists_are_bounded),
                cmocka_unit_test(every_code_has_its_own_name_and_a_text),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
