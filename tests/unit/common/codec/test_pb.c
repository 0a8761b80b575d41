/* Messages in arenas: there and back, broken bytes, arrays that grow. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/pb.h"
#include "contracts/commands.pb-c.h"

static void test_there_and_back(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Contracts__DeclareNeed *need = pb_new(&contracts__declare_need__descriptor, &arena);
        need->title = arena_text(&arena, "maçon");
        need->positions = 3;

        struct slice bytes = pb_encode(need, &arena);
        Contracts__DeclareNeed *back = pb_decode(&contracts__declare_need__descriptor, bytes, &arena);
        assert_non_null(back);
        assert_string_equal(back->title, "maçon");
        assert_int_equal(back->positions, 3);
        assert_null(back->obligation_id);
}

static void test_nothing_is_an_empty_message(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Contracts__DeclareNeed *need = pb_decode(&contracts__declare_need__descriptor, slice_of(NULL, 0), &arena);
        assert_non_null(need);
        assert_string_equal(need->title, "");
        assert_int_equal(pb_encode(need, &arena).size, 0);
}

static void test_broken_bytes(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        static const uint8_t truncated[] = {0x1a, 200, 'a'}; /* title of 200 bytes, of which one is there */
        static const uint8_t no_tag[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
        const ProtobufCMessageDescriptor *type = &contracts__declare_need__descriptor;

        assert_null(pb_decode(type, slice_of(truncated, sizeof(truncated)), &arena));
        assert_null(pb_decode(type, slice_of(no_tag, sizeof(no_tag)), &arena));
}

static void test_bytes_and_slices(void **state)
{
        (void)state;
        struct slice slice = slice_of_text("abc");
        ProtobufCBinaryData bytes = pb_bytes(slice);
        assert_int_equal(bytes.len, 3);
        assert_true(slice_equal(pb_slice(bytes), slice));
}

static void test_append(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        uint32_t *array = NULL;
        size_t count = 0;

        for (uint32_t i = 0; i < 1000; i++) {
                array = pb_append(array, &count, sizeof(*array), &arena);
                assert_int_equal(count, i + 1);
                array[i] = i;
        }
        for (uint32_t i = 0; i < 1000; i++)
                assert_int_equal(array[i], i);
}

/* Of three lines, a fourth would be written where the next field's text lies. */
static void test_append_to_what_was_read(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        char *columns[] = {(char *)"a", (char *)"b", (char *)"c", (char *)"d", (char *)"e", (char *)"f", (char *)"g"};
        for (size_t count = 0; count < ARRAY_SIZE(columns); count++) {
                Types__SentList list = TYPES__SENT_LIST__INIT;
                list.header = columns;
                list.n_header = count;
                list.file_name = (char *)"liste.csv";
                struct slice bytes = pb_encode(&list, &arena);
                Types__SentList *read = pb_decode(&types__sent_list__descriptor, bytes, &arena);
                read->header = pb_append(read->header, &read->n_header, sizeof(*read->header), &arena);
                read->header[count] = columns[count];
                list.n_header++;
                struct slice longer = pb_encode(&list, &arena);
                assert_true(slice_equal(pb_encode(read, &arena), longer));
        }
}

static void test_append_text(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        char one[] = "une", two[] = "deux", **texts = NULL;
        size_t count = 0;
        pb_append_text(&texts, &count, one, &arena);
        pb_append_text(&texts, &count, NULL, &arena); /* nothing to say */
        pb_append_text(&texts, &count, two, &arena);
        assert_int_equal(count, 2);
        assert_ptr_equal(texts[0], one);
        assert_ptr_equal(texts[1], two);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_nothing_is_an_empty_message),
                cmocka_unit_test(test_broken_bytes),   cmocka_unit_test(test_bytes_and_slices),
                cmocka_unit_test(test_append),         cmocka_unit_test(test_append_to_what_was_read),
                cmocka_unit_test(test_append_text),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
