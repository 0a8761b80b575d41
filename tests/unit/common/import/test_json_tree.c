#include "common/import/json_tree.h"

#include <dirent.h>
#include <math.h>

#include "common/base/attr.h"
#include "tests/unit/common/import/reading.h"

static void scalars_have_their_kinds(void **state)
{
        struct reading *reading = *state;
        const struct json_tree *list =
                reading_json(reading, "[null, false, true, -12, 0, 2.50, 1e3, 'é\\u00e9\\n\\ud83d\\ude00', [], {}]");

        assert_int_equal(tree_count(list), 10);
        assert_true(tree_is(tree_item(list, 0), TREE_NULL));
        assert_true(tree_is_boolean(tree_item(list, 1)) && !tree_is_true(tree_item(list, 1)));
        assert_true(tree_is_boolean(tree_item(list, 2)) && tree_is_true(tree_item(list, 2)));
        assert_int_equal(tree_integer(tree_item(list, 3)), -12);
        assert_true(tree_is_integer(tree_item(list, 4)));
        assert_true(fabs(tree_number(tree_item(list, 5)) - 2.5) < 1e-12);
        assert_false(tree_is_integer(tree_item(list, 6)));
        assert_true(fabs(tree_number(tree_item(list, 6)) - 1000) < 1e-12);
        assert_string_equal(tree_text(tree_item(list, 7)), "éé\n\xf0\x9f\x98\x80");
        assert_int_equal(tree_item(list, 7)->size, strlen("éé\n") + 4);
        assert_int_equal(tree_count(tree_item(list, 8)), 0);
        assert_true(tree_is_object(tree_item(list, 9)));
        assert_null(tree_item(list, 10));
}

static void members_are_found_the_last_of_a_name(void **state)
{
        struct reading *reading = *state;
        const struct json_tree *object =
                reading_json(reading, "{'a': 1, 'ab': 2, 'a': 3, '': 4, 'c\\u0064': {'a': 5}}");

        assert_int_equal(tree_integer(tree_member(object, "a")), 3);
        assert_int_equal(tree_integer(tree_member(object, "ab")), 2);
        assert_int_equal(tree_integer(tree_member(object, "")), 4);
        assert_int_equal(tree_integer(tree_member(tree_member(object, "cd"), "a")), 5);
        assert_null(tree_member(object, "b"));
}

static void what_is_absent_or_of_another_kind_yields_nothing(void **state)
{
        struct reading *reading = *state;
        const struct json_tree *text = reading_json(reading, "'a'");

        assert_null(tree_member(NULL, "a"));
        assert_null(tree_member(text, "a"));
        assert_null(tree_item(text, 0));
        assert_null(tree_text(tree_member(text, "a")));
        assert_int_equal(tree_count(text), 0);
        assert_int_equal(tree_integer(text), 0);
        assert_false(tree_is_number(NULL));
}

static void a_value_ends_where_it_ends(void **state)
{
        static const char text[] = " {\"a\" : [ 1 , {\"b\":\"c\"} ] } , 2";
        struct reading *reading = *state;
        size_t size;
        const struct json_tree *tree = json_tree_parse(slice_of_text(text), &reading->arena, &size);

        assert_non_null(tree);
        assert_string_equal(text + size, " , 2");
        assert_memory_equal(tree_member(tree, "a")->raw, "[ 1 , {\"b\":\"c\"} ]", 17);
        assert_int_equal(tree_member(tree, "a")->raw_size, 17);
}

/* Both agree: on whether it is JSON, and on what it says. */
static bool same(const struct json_tree *tree, const json_t *json)
{
        const char *key;
        json_t *member;
        switch (json_typeof(json)) {
        case JSON_NULL: return tree_is(tree, TREE_NULL);
        case JSON_TRUE: return tree_is(tree, TREE_TRUE);
        case JSON_FALSE: return tree_is(tree, TREE_FALSE);
        case JSON_INTEGER: return tree_is_integer(tree) && tree_integer(tree) == json_integer_value(json);
        case JSON_REAL: {
                double ours = tree_number(tree), theirs = json_real_value(json);
                return tree_is(tree, TREE_REAL) && memcmp(&ours, &theirs, sizeof(ours)) == 0;
        }
        case JSON_STRING:
                return tree_is_text(tree) && tree->size == json_string_length(json) &&
                       memcmp(tree->text, json_string_value(json), tree->size + 1) == 0;
        case JSON_ARRAY:
                for (size_t i = 0; i < json_array_size(json); i++)
                        if (!same(tree_item(tree, i), json_array_get(json, i)))
                                return false;
                return tree_is_list(tree) && tree_count(tree) == json_array_size(json);
        case JSON_OBJECT:
                json_object_foreach ((json_t *)(uintptr_t)json, key, member) {
                        if (!same(tree_member(tree, key), member))
                                return false;
                }
                return tree_is_object(tree) && tree->size >= json_object_size(json);
        }
        return false;
}

static void agrees_with_jansson(struct reading *reading, struct slice text)
{
        size_t size;
        json_error_t error;
        const struct json_tree *tree = json_tree_parse(text, &reading->arena, &size);
        json_t *json = json_loadb((const char *)text.data, text.size, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &error);

        if ((tree != NULL) != (json != NULL) || (tree != NULL && !same(tree, json)))
                fail_msg("they differ on: %.*s", (int)(text.size < 400 ? text.size : 400), (const char *)text.data);
        if (tree != NULL)
                assert_int_equal(size, error.position);
        json_decref(json);
}

static const char *const hard_texts[] = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "[1 2]",
        "tru",
        "truex",
        "nul",
        "NaN",
        "[NaN]",
        "Infinity",
        "-",
        "-0",
        "-0.0",
        "00",
        "01",
        "1.",
        ".5",
        "1.e3",
        "1e",
        "1e+",
        "1E-3",
        "1.5e300",
        "1e400",
        "-1e400",
        "1e-400",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "123456789012345",
        "1234567890123456",
        "0.1",
        "0.10",
        "2.675",
        "123456.789012345",
        "0.000000000000000000000000000001",
        "1.7976931348623157e308",
        "4.9e-324",
        "1000000000.25",
        "100000000000000000000000000000000000000000000000000000000000000000000.5",
        "[0.30000000000000004, 5e-5]",
        "\"",
        "\"\\",
        "\"\\u",
        "\"\\u12",
        "\"\\u12g4\"",
        "\"\\x\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\\ud83d\\ude00\"",
        "\"\\uffff\\u0800\\u07ff\\u007f\"",
        "\"a\tb\"",
        "\"a\nb\"",
        "\"\x7f\"",
        "\"\xc3\xa9\"",
        "\"\xc3\"",
        "\"\xe9\"",
        "\"\xed\xa0\x80\"",
        "\"\xf0\x9f\x98\x80\"",
        "\"\xc0\x80\"",
        "{\"\\u00e9\": 1, \"\xc3\xa9\": 2}",
        "[[[[[[[[]]]]]]]]",
        "[[]",
        "{\"a\":{\"a\":{\"a\":[]}}} rest",
        "\"a\" \"b\"",
        "\xef\xbb\xbf{}",
        "{\"a\":\"\\\\\"}",
        "[\"\\\"\"]",
        "[\"\\/\\b\\f\\n\\r\\t\"]",
        "\"\\'\"",
        "[1,2,3,{},[],\"\"]",
};

static void jansson_agrees_on_hard_texts(void **state)
{
        struct reading *reading = *state;
        for (size_t i = 0; i < ARRAY_SIZE(hard_texts); i++)
                agrees_with_jansson(reading, slice_of_text(hard_texts[i]));
}

/* Every prefix of a contract, and the contract with each byte changed. */
static void jansson_agrees_on_broken_contracts(void **state)
{
        static const char contract[] =
                "{\"id\":\"24-1\",\"acheteur\":{\"id\":\"21310555400017\"},\"montant\":48.50,\"objet\":"
                "\"Cl\\u00f4ture \xc3\xa0 \\\"neuf\\\"\",\"titulaires\":[{\"titulaire\":{\"id\":null}}],"
                "\"marcheInnovant\":false}";
        static const char instead[] = {'"', '\\', '{', '}', '[', ']', ',', ':', '0', ' ', 'e', '\n', '\xc3', '\x80'};
        struct reading *reading = *state;
        char changed[sizeof(contract)];

        for (size_t size = 0; size < sizeof(contract); size++)
                agrees_with_jansson(reading, slice_of(contract, size));
        for (size_t at = 0; at + 1 < sizeof(contract); at++)
                for (size_t i = 0; i < sizeof(instead); i++) {
                        memcpy(changed, contract, sizeof(contract));
                        changed[at] = instead[i];
                        agrees_with_jansson(reading, slice_of(changed, sizeof(contract) - 1));
                }
}

static void agrees_on_file(struct reading *reading, const char *path)
{
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        enum { BYTES_MAX = 1 << 20 };
        char *bytes = arena_alloc(&reading->arena, BYTES_MAX);
        agrees_with_jansson(reading, slice_of(bytes, fread(bytes, 1, BYTES_MAX, file)));
        assert_int_equal(fclose(file), 0);
}

static void jansson_agrees_on_the_fuzzers_corpus(void **state)
{
        static const char *const corpora[] = {"tests/fuzz/corpora/decp", "tests/fuzz/corpora/json"};
        struct reading *reading = *state;
        size_t files = 0;

        for (size_t i = 0; i < ARRAY_SIZE(corpora); i++) {
                DIR *directory = opendir(corpora[i]);
                assert_non_null(directory);
                for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
                        if (entry->d_name[0] == '.')
                                continue;
                        agrees_on_file(reading, arena_printf(&reading->arena, "%s/%s", corpora[i], entry->d_name));
                        arena_reset(&reading->arena);
                        files++;
                }
                (void)closedir(directory);
        }
        assert_true(files > 20);
}

static void depth_is_bounded(void **state)
{
        struct reading *reading = *state;
        char text[2 * (JSON_TREE_DEPTH_MAX + 1)];
        size_t size;

        memset(text, '[', JSON_TREE_DEPTH_MAX + 1);
        memset(text + JSON_TREE_DEPTH_MAX + 1, ']', JSON_TREE_DEPTH_MAX + 1);
        assert_null(json_tree_parse(slice_of(text, sizeof(text)), &reading->arena, &size));
        assert_non_null(json_tree_parse(slice_of(text + 1, sizeof(text) - 2), &reading->arena, &size));
        assert_int_equal(size, sizeof(text) - 2);
}

static void large_lists_are_whole(void **state)
{
        enum { ITEMS = 5000 };
        struct reading *reading = *state;
        char *text = arena_alloc(&reading->arena, ITEMS * 6 + 3);
        size_t at = 1;

        text[0] = '[';
        for (int i = 0; i < ITEMS; i++)
                at += (size_t)snprintf(text + at, 8, "%s%d", i == 0 ? "" : ",", i);
        text[at++] = ']';
        agrees_with_jansson(reading, slice_of(text, at));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(scalars_have_their_kinds),
                READING_TEST(members_are_found_the_last_of_a_name),
                READING_TEST(what_is_absent_or_of_another_kind_yields_nothing),
                READING_TEST(a_value_ends_where_it_ends),
                READING_TEST(jansson_agrees_on_hard_texts),
                READING_TEST(jansson_agrees_on_broken_contracts),
                READING_TEST(jansson_agrees_on_the_fuzzers_corpus),
                READING_TEST(depth_is_bounded),
                READING_TEST(large_lists_are_whole),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
