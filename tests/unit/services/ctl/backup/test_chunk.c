#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/ctl/backup/chunk.h"

#include <string.h>

static struct recovery recovery, other;
static struct arena arena;

static int setup(void **state)
{
        (void)state;
        recovery_new(&recovery);
        recovery_new(&other);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static struct slice plain_of(size_t size)
{
        uint8_t *bytes = arena_alloc(&arena, size + 1);
        for (size_t i = 0; i < size; i++)
                bytes[i] = (uint8_t)(i * 31 ^ i >> 7);
        return slice_of(bytes, size);
}

static void what_is_sealed_is_opened(void **state)
{
        (void)state;
        static const size_t sizes[] = {0, 1, 64, 65536, 1 << 20};
        for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
                struct slice plain = plain_of(sizes[i]), opened;
                struct chunk_name name = chunk_name_of(&recovery, plain);
                struct slice sealed = chunk_seal(&recovery, name, plain, &arena);
                assert_true(chunk_is_whole(sealed));
                assert_int_equal(chunk_open(&recovery, name, sealed, &arena, &opened), 0);
                assert_true(slice_equal(opened, plain));
        }
}

static void the_same_has_the_same_name_and_only_with_the_same_key(void **state)
{
        (void)state;
        char text[CHUNK_NAME_TEXT_SIZE];
        struct chunk_name parsed, name = chunk_name_of(&recovery, slice_of_text("un"));
        assert_memory_equal(&name, chunk_name_of(&recovery, slice_of_text("un")).b, CHUNK_NAME_SIZE);
        assert_memory_not_equal(&name, chunk_name_of(&recovery, slice_of_text("deux")).b, CHUNK_NAME_SIZE);
        assert_memory_not_equal(&name, chunk_name_of(&other, slice_of_text("un")).b, CHUNK_NAME_SIZE);
        chunk_name_format(name, text);
        assert_true(chunk_name_parse(text, &parsed));
        assert_memory_equal(&name, &parsed, CHUNK_NAME_SIZE);
        assert_false(chunk_name_parse("ab", &parsed));
        assert_false(chunk_name_parse(NULL, &parsed));
}

static void every_flipped_bit_and_every_cut_is_seen(void **state)
{
        (void)state;
        struct slice plain = plain_of(300), opened;
        struct chunk_name name = chunk_name_of(&recovery, plain);
        struct slice sealed = chunk_seal(&recovery, name, plain, &arena);
        uint8_t *copy = arena_copy(&arena, sealed.data, sealed.size);
        for (size_t i = 0; i < sealed.size; i++) {
                copy[i] ^= 0x10;
                assert_false(chunk_is_whole(slice_of(copy, sealed.size)));
                assert_int_equal(chunk_open(&recovery, name, slice_of(copy, sealed.size), &arena, &opened), ERR_FORGED);
                copy[i] ^= 0x10;
                assert_false(chunk_is_whole(slice_of(copy, i)));
        }
}

static void no_chunk_passes_for_another(void **state)
{
        (void)state;
        struct slice opened, sealed;
        struct chunk_name one = chunk_name_of(&recovery, slice_of_text("un"));
        struct chunk_name two = chunk_name_of(&recovery, slice_of_text("deux"));
        sealed = chunk_seal(&recovery, one, slice_of_text("un"), &arena);
        assert_int_equal(chunk_open(&recovery, two, sealed, &arena, &opened), ERR_FORGED);
        assert_int_equal(chunk_open(&other, one, sealed, &arena, &opened), ERR_FORGED);
        /* Who has the public half alone can seal, but not give the name that the network would. */
        struct recovery forger = recovery;
        memcpy(forger.recognition, other.recognition, sizeof(forger.recognition));
        sealed = chunk_seal(&forger, one, slice_of_text("faux"), &arena);
        assert_int_equal(chunk_open(&recovery, one, sealed, &arena, &opened), ERR_FORGED);
}

static void what_is_sealed_does_not_show(void **state)
{
        (void)state;
        struct slice plain = slice_of_text("Personne Essai, 31555, suivie par la mission locale");
        struct chunk_name name = chunk_name_of(&recovery, plain);
        struct slice sealed = chunk_seal(&recovery, name, plain, &arena);
        assert_null(memmem(sealed.data, sealed.size, "mission", 7));
        assert_null(memmem(sealed.data, sealed.size, "31555", 5));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_sealed_is_opened),
                cmocka_unit_test(the_same_has_the_same_name_and_only_with_the_same_key),
                cmocka_unit_test(every_flipped_bit_and_every_cut_is_seen),
                cmocka_unit_test(no_chunk_passes_for_another),
                cmocka_unit_test(what_is_sealed_does_not_show),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
