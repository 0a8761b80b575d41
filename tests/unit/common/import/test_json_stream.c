#include "common/import/json_stream.h"

#include <errno.h>
#include <unistd.h>

#include "tests/unit/common/import/reading.h"

static struct json_stream stream_of(const char *text)
{
        struct json_stream stream;
        assert_int_equal(json_stream_open_memory(slice_of_text(text), &stream, NULL), 0);
        return stream;
}

static void refused(const void *bytes, size_t size, const char *why)
{
        struct json_stream stream;
        struct err_info info;

        assert_int_equal(json_stream_open_memory(slice_of(bytes, size), &stream, &info), ERR_MALFORMED);
        assert_non_null(strstr(info.text, why));
}

static void other_files_are_told_apart(void **state)
{
        (void)state;
        refused("\xfd"
                "7zXZ\0",
                6, "xz");
        refused("\x1f\x8b\x08", 3, "gzip");
        refused("PK\x03\x04", 4, "classeur");
        refused("\xff\xfe{\0", 4, "UTF-16");
        refused("<?xml", 5, "XML");
        refused("\xef\xbb\xbf <html>", 10, "XML");
        refused("id;objet\n", 9, "CSV");
}

static void an_empty_text_is_a_stream_of_nothing(void **state)
{
        static const char *const empty[] = {"", " \n", "\xef\xbb\xbf"};
        struct json_stream stream;

        (void)state;
        for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
                assert_int_equal(json_stream_open_memory(slice_of_text(empty[i]), &stream, NULL), 0);
                assert_int_equal(json_stream_peek(&stream), -1);
        }
        assert_int_equal(json_stream_open("/dev/null", &stream, NULL), ERR_MALFORMED); /* no file of bytes */
}

static void files_that_are_not_there_are_an_error(void **state)
{
        struct json_stream stream;
        struct err_info info;

        (void)state;
        assert_int_equal(json_stream_open("/nowhere/at/all.json", &stream, &info), -ENOENT);
        assert_non_null(strstr(info.text, "impossible d'ouvrir"));
        assert_int_equal(json_stream_open("/", &stream, &info), ERR_MALFORMED);
        assert_non_null(strstr(info.text, "fichier ordinaire"));
}

static void objects_are_walked_by_member(void **state)
{
        struct json_stream stream = stream_of("\xef\xbb\xbf{\"a\" : [1, {}], \"b\\\"c\":2 , \"d\": \"x\"} ");
        struct slice key;

        (void)state;
        assert_true(json_stream_take(&stream, '{'));
        assert_int_equal(json_stream_member(&stream, &key), 1);
        assert_true(slice_equal(key, slice_of_text("a")));
        assert_int_equal(json_stream_skip(&stream), 0);
        assert_int_equal(json_stream_member(&stream, &key), 1);
        assert_true(slice_equal(key, slice_of_text("b\\\"c")));
        assert_int_equal(json_stream_skip(&stream), 0);
        assert_int_equal(json_stream_member(&stream, &key), 1);
        assert_int_equal(json_stream_skip(&stream), 0);
        assert_int_equal(json_stream_member(&stream, &key), 0);
        assert_int_equal(json_stream_peek(&stream), -1);
}

static void broken_objects_are_refused(void **state)
{
        static const char *const texts[] = {"{", "{1: 2}", "{\"a\" 2}", "{\"a", "{\"a\""};
        struct slice key;

        (void)state;
        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
                struct json_stream stream = stream_of(texts[i]);
                assert_true(json_stream_take(&stream, '{'));
                assert_int_equal(json_stream_member(&stream, &key), ERR_MALFORMED);
        }
        struct json_stream stream = stream_of("{\"a\": [1");
        assert_true(json_stream_take(&stream, '{'));
        assert_int_equal(json_stream_member(&stream, &key), 1);
        assert_int_equal(json_stream_skip(&stream), ERR_MALFORMED);
}

static void elements_come_one_by_one(void **state)
{
        static const char *const expected[] = {"{\"a\": 1}", "[2]", "\"x\"", "4", "{}"};
        struct json_stream stream = stream_of("[ {\"a\": 1},[2], \"x\" 4,, {} ] ");
        struct slice element;

        (void)state;
        assert_true(json_stream_take(&stream, '['));
        for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
                assert_int_equal(json_stream_element(&stream, &element), 1);
                assert_true(slice_equal(element, slice_of_text(expected[i])));
        }
        assert_int_equal(json_stream_element(&stream, &element), 0);
}

static void a_text_that_is_cut_ends_with_an_error(void **state)
{
        struct json_stream stream = stream_of("[{}, {\"a\": \"b");
        struct slice element;
        struct err_info info;

        (void)state;
        assert_true(json_stream_take(&stream, '['));
        assert_int_equal(json_stream_element(&stream, &element), 1);
        assert_int_equal(json_stream_element(&stream, &element), ERR_MALFORMED);
        assert_int_equal(json_stream_broken(&stream, 1, &info), ERR_MALFORMED);
        assert_non_null(strstr(info.text, "tronqué"));
        assert_non_null(strstr(info.text, "à l'octet 5 sur 13"));
}

static void an_element_without_end_is_told_as_such(void **state)
{
        struct reading *reading = *state;
        size_t size = JSON_ELEMENT_SCAN_MAX + 100;
        char *text = arena_alloc(&reading->arena, size + 1);
        struct slice element;
        struct err_info info;

        memset(text, ' ', size);
        text[size] = '\0';
        memcpy(text, "[{", 2);
        struct json_stream stream = stream_of(text);
        assert_true(json_stream_take(&stream, '['));
        assert_int_equal(json_stream_element(&stream, &element), ERR_MALFORMED);
        assert_int_equal(json_stream_broken(&stream, 0, &info), ERR_MALFORMED);
        assert_non_null(strstr(info.text, "ne se termine pas"));
}

static const struct note *reason_of(struct reading *reading, const char *text)
{
        reading_again(reading);
        assert_null(json_stream_parse(slice_of_text(text), &reading->found));
        assert_int_equal(reading->found.reasons.count, 1);
        return &reading->found.reasons.at[0];
}

static void what_is_not_json_is_told_with_its_place(void **state)
{
        struct reading *reading = *state;
        const struct note *note = reason_of(reading, "{\"id\": \"1\", \"montant\": NaN, \"x\": 2}");

        assert_int_equal(note->code, NOTE_BARE_WORD);
        assert_string_equal(note->field, "montant");
        assert_string_equal(note->value, "NaN");
        note = reason_of(reading, "{\"tauxAvance\" : -Infinity}");
        assert_int_equal(note->code, NOTE_BARE_WORD);
        assert_string_equal(note->field, "tauxAvance");
        assert_string_equal(note->value, "-Infinity");
        note = reason_of(reading, "[None]");
        assert_int_equal(note->code, NOTE_BARE_WORD);
        assert_string_equal(note->field, "");
        note = reason_of(reading, "{\"a\": 1 \"b\": 2}");
        assert_int_equal(note->code, NOTE_NOT_JSON);
        assert_string_equal(note->value, "{\"a\": 1 \"b\"");
        note = reason_of(reading, "{\"a\": \"ligne\ncoupée\"}");
        assert_int_equal(note->code, NOTE_NOT_JSON);
        note = reason_of(reading, "{\"a\": \"\xe9t\xe9\"}");
        assert_int_equal(note->code, NOTE_NOT_UTF8);
        note = reason_of(reading, "");
        assert_int_equal(note->code, NOTE_NOT_JSON);
        note = reason_of(reading, "{\"a\": \"ééééééééééééééééééé\" 1}");
        assert_int_equal(note->code, NOTE_NOT_JSON);
}

static void large_elements_are_rejected_unread(void **state)
{
        struct reading *reading = *state;
        size_t size = JSON_ELEMENT_BYTES_MAX + 10;
        char *text = arena_alloc(&reading->arena, size + 1);

        memset(text, ' ', size);
        text[0] = '{';
        text[size - 1] = '}';
        text[size] = '\0';
        assert_int_equal(reason_of(reading, text)->code, NOTE_ELEMENT_TOO_LARGE);
}

static void json_is_given_as_it_is(void **state)
{
        struct reading *reading = *state;
        const struct json_tree *json = json_stream_parse(slice_of_text("{\"a\": [1, 2]} "), &reading->found);

        assert_int_equal(tree_count(tree_member(json, "a")), 2);
        assert_int_equal(reading->found.reasons.count, 0);
}

/* 40 MiB, of which the reader keeps a few at a time. */
static void the_pages_behind_are_given_back(void **state)
{
        enum { ELEMENTS = 40 * 16, PADDING = 64 * 1024 };
        char path[] = "/tmp/guichet-test-stream-XXXXXX";
        int fd = mkstemp(path);
        FILE *file = fdopen(fd, "wb");
        struct json_stream stream;
        struct slice element;
        int count = 0;

        (void)state;
        assert_non_null(file);
        assert_int_equal(fputc('[', file), '[');
        for (int i = 0; i < ELEMENTS; i++)
                assert_true(fprintf(file, "{\"n\": %d}%*s,", i, PADDING, "") > 0);
        assert_int_equal(fputc(']', file), ']');
        assert_int_equal(fclose(file), 0);
        assert_int_equal(json_stream_open(path, &stream, NULL), 0);
        assert_true(json_stream_take(&stream, '['));
        while (json_stream_element(&stream, &element) == 1)
                count++;
        assert_int_equal(count, ELEMENTS);
        assert_int_equal(json_stream_peek(&stream), -1);
        assert_true(stream.released > stream.size / 2);
        json_stream_close(&stream);
        assert_int_equal(unlink(path), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(other_files_are_told_apart),
                cmocka_unit_test(an_empty_text_is_a_stream_of_nothing),
                cmocka_unit_test(files_that_are_not_there_are_an_error),
                cmocka_unit_test(objects_are_walked_by_member),
                cmocka_unit_test(broken_objects_are_refused),
                cmocka_unit_test(elements_come_one_by_one),
                cmocka_unit_test(a_text_that_is_cut_ends_with_an_error),
                READING_TEST(an_element_without_end_is_told_as_such),
                READING_TEST(what_is_not_json_is_told_with_its_place),
                READING_TEST(large_elements_are_rejected_unread),
                READING_TEST(json_is_given_as_it_is),
                cmocka_unit_test(the_pages_behind_are_given_back),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
