#include "common/base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

static void memory_is_aligned_and_apart(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        uint8_t *at[300];

        for (size_t i = 0; i < ARRAY_SIZE(at); i++) {
                at[i] = arena_alloc(&arena, i);
                assert_non_null(at[i]);
                assert_int_equal((uintptr_t)at[i] % 16, 0);
                memset(at[i], (int)i, i);
        }
        for (size_t i = 0; i < ARRAY_SIZE(at); i++)
                for (size_t j = 0; j < i; j++)
                        assert_int_equal(at[i][j], (uint8_t)i);
}

static void zalloc_clears_what_was_used_before(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        static const uint8_t zeros[1000];

        memset(arena_alloc(&arena, sizeof(zeros)), 0xff, sizeof(zeros));
        arena_reset(&arena);
        assert_memory_equal(arena_zalloc(&arena, sizeof(zeros)), zeros, sizeof(zeros));
}

static void reset_gives_the_same_memory_again(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena;
        arena_init(&arena);

        for (int i = 0; i < 20; i++)
                memset(arena_alloc(&arena, 1000), i, 1000);
        arena_reset(&arena);
        void *first = arena_alloc(&arena, 1000);
        arena_reset(&arena);
        assert_ptr_equal(arena_alloc(&arena, 1000), first);
}

static void reset_keeps_no_large_block(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};

        memset(arena_alloc(&arena, 1024 * 1024), 1, 1024 * 1024);
        arena_reset(&arena);
        assert_null(arena.blocks);
        assert_non_null(arena_alloc(&arena, 1)); /* and serves again */
}

#ifdef __SANITIZE_ADDRESS__
/* So that a sanitized build meets who reads beyond an allocation, or keeps a pointer over a reset. */
static void what_is_not_allocated_is_poisoned(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        char *text = arena_text(&arena, "abcde");
        char *next = arena_text(&arena, "fghij");

        assert_false(__asan_address_is_poisoned(text + 5));
        assert_true(__asan_address_is_poisoned(text + 6));
        assert_true(__asan_address_is_poisoned(next - 1));
        arena_reset(&arena);
        assert_true(__asan_address_is_poisoned(text));
}
#endif

static void reset_and_fini_accept_an_empty_arena(void **state)
{
        (void)state;
        struct arena arena = {0};
        arena_reset(&arena);
        arena_fini(&arena);
        arena_fini(&arena);
        assert_null(arena.blocks);
}

static void copies_are_copies(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        char source[] = "heures";

        struct slice slice = arena_copy_slice(&arena, slice_of_text(source));
        char *text = arena_text(&arena, source);
        source[0] = 'H';
        assert_true(slice_equal(slice, slice_of_text("heures")));
        assert_string_equal(text, "heures");

        struct slice empty = arena_copy_slice(&arena, slice_of(NULL, 0));
        assert_int_equal(empty.size, 0);
        assert_true(slice_equal(empty, slice_of(NULL, 0)));
}

/* ---- lists */

static void take(struct arena *arena, size_t size)
{
        assert_non_null(arena_alloc(arena, size));
}

static uint32_t *with(struct arena *arena, const uint32_t *list, size_t count, uint32_t last)
{
        uint32_t *longer = arena_extend(arena, list, count, sizeof(*longer));
        longer[count] = last;
        return longer;
}

static void a_list_grows_in_place_and_doubles(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        uint32_t *list = NULL;
        size_t moves = 0;
        for (uint32_t i = 0; i < 100000; i++) {
                uint32_t *longer = with(&arena, list, i, i);
                moves += longer != list;
                list = longer;
                take(&arena, i % 40); /* somebody's, between */
        }
        assert_int_equal(moves, 18); /* room for 1, 2, 4… 131,072 */
        for (uint32_t i = 0; i < 100000; i++)
                assert_int_equal(list[i], i);
}

/* Three of them, as many as would have room for a fourth had they grown. */
static void a_list_from_elsewhere_is_copied(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        static const uint32_t constant[] = {1, 2, 3};
        uint32_t local[] = {1, 2, 3};
        const uint32_t *lists[] = {constant, local, arena_copy(&arena, constant, sizeof(constant)), constant};
        uint32_t *behind = arena_zalloc(&arena, sizeof(*behind));
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
                const uint32_t *longer = with(&arena, lists[i], 3, 4);
                assert_ptr_not_equal(longer, lists[i]);
                for (uint32_t n = 0; n < 4; n++)
                        assert_int_equal(longer[n], n + 1);
                const uint32_t *longest = with(&arena, longer, 4, 5);
                assert_ptr_equal(longest, longer); /* it has grown now */
        }
        assert_int_equal(*behind, 0);
}

static void what_two_share_is_copied(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        uint32_t *shared = NULL;
        for (uint32_t i = 0; i < 3; i++)
                shared = with(&arena, shared, i, i);
        const uint32_t *one = with(&arena, shared, 3, 10), *other = with(&arena, shared, 3, 20);
        assert_ptr_equal(one, shared);
        assert_int_equal(one[3], 10);
        assert_int_equal(other[3], 20);
        assert_int_equal(with(&arena, one, 1, 30)[1], 30); /* shorter than it was */
        assert_int_equal(one[1], 1);
}

/* Memory comes again, at the same place and not cleared: what lies there as a list's head was of a list of before. */
static void no_list_is_taken_for_one_of_before(void **state)
{
        (void)state;
        enum { SHIFT = 16 };
        scoped(arena_fini) struct arena arena = {0};
        for (size_t before = 0; before <= 4 * SHIFT; before++) {
                uint32_t *old = NULL;
                for (size_t i = 0; i < before; i++)
                        take(&arena, 1);
                for (uint32_t i = 0; i < 5; i++)
                        old = with(&arena, old, i, i);
                arena_reset(&arena);
                for (size_t i = 0; i < 4 * SHIFT; i++) { /* until one lies where the old one was */
                        uint32_t *list = arena_alloc(&arena, 5 * sizeof(*list));
                        if (list == old)
                                assert_ptr_not_equal(with(&arena, list, 5, 6), list);
                }
                arena_reset(&arena);
        }
}

static void printf_takes_any_length(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        char wide[10001];
        memset(wide, 'x', sizeof(wide) - 1);
        wide[sizeof(wide) - 1] = '\0';

        assert_string_equal(arena_printf(&arena, "%s", ""), "");
        assert_string_equal(arena_printf(&arena, "%d h pour %s", 12, "l'été"), "12 h pour l'été");
        char *text = arena_printf(&arena, "<%s>", wide);
        assert_int_equal(strlen(text), 10002);
        assert_int_equal(text[10001], '>');
}

static void slices_compare_by_content(void **state)
{
        (void)state;
        assert_true(slice_starts_with(slice_of_text("lot 12"), slice_of_text("lot")));
        assert_true(slice_starts_with(slice_of_text("lot"), slice_of(NULL, 0)));
        assert_false(slice_starts_with(slice_of_text("lo"), slice_of_text("lot")));
        assert_false(slice_starts_with(slice_of_text("Lot 12"), slice_of_text("lot")));
        assert_false(slice_equal(slice_of_text("lot"), slice_of_text("lots")));
        assert_false(slice_equal(slice_of_text("lot"), slice_of_text("los")));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(memory_is_aligned_and_apart),
                cmocka_unit_test(zalloc_clears_what_was_used_before),
                cmocka_unit_test(reset_gives_the_same_memory_again),
                cmocka_unit_test(reset_keeps_no_large_block),
#ifdef __SANITIZE_ADDRESS__
                cmocka_unit_test(what_is_not_allocated_is_poisoned),
#endif
                cmocka_unit_test(reset_and_fini_accept_an_empty_arena),
                cmocka_unit_test(copies_are_copies),
                cmocka_unit_test(a_list_grows_in_place_and_doubles),
                cmocka_unit_test(a_list_from_elsewhere_is_copied),
                cmocka_unit_test(what_two_share_is_copied),
                cmocka_unit_test(no_list_is_taken_for_one_of_before),
                cmocka_unit_test(printf_takes_any_length),
                cmocka_unit_test(slices_compare_by_content),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
