#include "common/base/id.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/err.h"

static void ids_grow_with_time(void **state)
{
        (void)state;
        struct world world = world_seeded(1, 0);
        struct id before = id_new(&world, 0, 0);

        for (int64_t at_ms = 1; at_ms < ((int64_t)1 << 47); at_ms = at_ms * 3 + 1) {
                struct id id = id_new(&world, at_ms, ID_PARTITION_MAX);
                assert_true(memcmp(before.b, id.b, sizeof(id.b)) < 0);
                before = id;
        }
}

static void partition_comes_back(void **state)
{
        (void)state;
        struct world world = world_seeded(2, 0);

        for (uint32_t partition = 0; partition <= ID_PARTITION_MAX; partition++) {
                struct id id = id_new(&world, 1700000000000, partition);
                assert_int_equal(id_partition(id), partition);
                assert_int_equal(id.b[6] >> 4, 7);   /* version */
                assert_int_equal(id.b[8] >> 6, 0x2); /* variant of RFC 9562 */
        }
}

static void ids_of_one_instant_differ(void **state)
{
        (void)state;
        struct world world = world_real();
        struct id ids[200];

        for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
                ids[i] = id_new(&world, 1700000000000, 0);
                for (size_t j = 0; j < i; j++)
                        assert_false(id_equal(ids[i], ids[j]));
        }
}

static void the_time_stands_in_front(void **state)
{
        (void)state;
        struct world world = world_seeded(3, 0);
        char text[ID_TEXT_SIZE];

        id_format(id_new(&world, 0x0123456789ab, 0xcde), text);
        assert_memory_equal(text, "01234567-89ab-7cde-", 19);
}

static void derived_ids_depend_on_the_name_alone(void **state)
{
        (void)state;
        struct id a = id_derived(1000, slice_of_text("20240001|21310555400017"));
        struct id b = id_derived(1000, slice_of_text("20240001|21310555400017"));
        struct id c = id_derived(1000, slice_of_text("20240002|21310555400017"));
        struct id later = id_derived(1001, slice_of_text("20240001|21310555400017"));

        assert_true(id_equal(a, b));
        assert_false(id_equal(a, c));
        assert_false(id_equal(a, later));
        assert_true(memcmp(a.b, later.b, sizeof(a.b)) < 0);
        assert_int_equal(a.b[6] >> 4, 8);
        assert_int_equal(a.b[8] >> 6, 0x2);
}

static void text_comes_back(void **state)
{
        (void)state;
        struct world world = world_seeded(4, 0);

        for (int i = 0; i < 1000; i++) {
                struct id id = id_new(&world, 1700000000000 + i, (uint32_t)i), back;
                char text[ID_TEXT_SIZE];
                id_format(id, text);
                assert_int_equal(strlen(text), ID_TEXT_SIZE - 1);
                assert_int_equal(id_parse(text, &back), 0);
                assert_true(id_equal(id, back));
        }
}

static void capitals_are_read(void **state)
{
        (void)state;
        struct id lower, upper;
        assert_int_equal(id_parse("018bcfe5-6800-7abc-9def-0123456789ab", &lower), 0);
        assert_int_equal(id_parse("018BCFE5-6800-7ABC-9DEF-0123456789AB", &upper), 0);
        assert_true(id_equal(lower, upper));
}

static void what_is_no_id_is_refused(void **state)
{
        (void)state;
        static const char *const bad[] = {
                "",
                "-",
                "018bcfe5",
                "018bcfe5-6800-7abc-9def-0123456789a",
                "018bcfe5-6800-7abc-9def-0123456789abc",
                "018bcfe5-6800-7abc-9def-0123456789ab ",
                "018bcfe568007abc9def0123456789ab",
                "018bcfe5-6800-7abc-9def-0123456789ag",
                "018bcfe5+6800-7abc-9def-0123456789ab",
                "{18bcfe5-6800-7abc-9def-0123456789ab",
        };
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                struct id id = {{7}};
                assert_int_equal(id_parse(bad[i], &id), ERR_MALFORMED);
                assert_int_equal(id.b[0], 7);
        }
}

static void zero_is_known(void **state)
{
        (void)state;
        struct id id = {{0}};
        assert_true(id_is_zero(id));
        id.b[15] = 1;
        assert_false(id_is_zero(id));
        assert_int_equal(id_slice(&id).size, 16);
        assert_ptr_equal(id_slice(&id).data, id.b);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(ids_grow_with_time),
                cmocka_unit_test(partition_comes_back),
                cmocka_unit_test(ids_of_one_instant_differ),
                cmocka_unit_test(the_time_stands_in_front),
                cmocka_unit_test(derived_ids_depend_on_the_name_alone),
                cmocka_unit_test(text_comes_back),
                cmocka_unit_test(capitals_are_read),
                cmocka_unit_test(what_is_no_id_is_refused),
                cmocka_unit_test(zero_is_known),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
