/* Who takes gzip, and what is worth it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <libdeflate.h>
#include <string.h>

#include "services/gateway/front/encoding.h"

static void test_who_takes_it(void **state)
{
        (void)state;
        static const struct {
                const char *header;
                bool takes;
        } rows[] = {
                {NULL, false},
                {"", false},
                {"gzip", true},
                {"br, GZIP;q=0.5", true},
                {"deflate, gzip;q=1.0, *;q=0.5", true},
                {"gzip;q=0", false},
                {"gzip; q=0.000, *", false},
                {"*", true},
                {"*;q=0", false},
                {"identity", false},
                {"gzipped", false},
                {",, ,gzip", true},
                {"gzip;q=", true},
        };
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (encoding_takes_gzip(rows[i].header) != rows[i].takes)
                        fail_msg("« %s »", rows[i].header);
}

static void test_what_comes_back_is_what_went_in(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        enum { SIZE = 300000 };
        uint8_t *plain = arena_alloc(&arena, SIZE), *back = arena_alloc(&arena, SIZE);
        for (size_t i = 0; i < SIZE; i++)
                plain[i] = (uint8_t)("{\"hours\":\"151.67\"},"[i % 20] + (i % 4001 == 0));
        struct slice squeezed = encoding_gzip(slice_of(plain, SIZE), ENCODING_LEVEL_NOW, &arena);
        assert_in_range(squeezed.size, 1, SIZE / 4);
        struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
        size_t size = 0;
        assert_int_equal(libdeflate_gzip_decompress(decompressor, squeezed.data, squeezed.size, back, SIZE, &size), 0);
        libdeflate_free_decompressor(decompressor);
        assert_int_equal(size, SIZE);
        assert_memory_equal(back, plain, SIZE);
}

static void test_what_is_not_worth_it(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        uint8_t noise[4096];
        uint32_t seed = 1;
        for (size_t i = 0; i < sizeof(noise); i++)
                noise[i] = (uint8_t)((seed = seed * 1664525 + 1013904223) >> 24);
        assert_int_equal(encoding_gzip(slice_of(noise, sizeof(noise)), ENCODING_LEVEL_ONCE, &arena).size, 0);
        memset(noise, 'a', sizeof(noise));
        assert_int_equal(encoding_gzip(slice_of(noise, ENCODING_LEAST - 1), ENCODING_LEVEL_NOW, &arena).size, 0);
        assert_int_not_equal(encoding_gzip(slice_of(noise, ENCODING_LEAST), ENCODING_LEVEL_NOW, &arena).size, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_who_takes_it),
                cmocka_unit_test(test_what_comes_back_is_what_went_in),
                cmocka_unit_test(test_what_is_not_worth_it),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
