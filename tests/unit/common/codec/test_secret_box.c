/* A box opens with its key and what it was bound to, and with nothing else; two of one secret differ. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/secret_box.h"

static const uint8_t key[SECRET_BOX_KEY_SIZE] = "a key", other[SECRET_BOX_KEY_SIZE] = "another key";

static void test_what_opens_it(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct world world = world_seeded(1, 0);
        const struct slice secret = slice_of_text("secret"), marie = slice_of_text("marie");
        struct slice box = secret_box_seal(&world, key, marie, secret, &arena), plain;
        assert_true(secret_box_open(key, marie, box, &arena, &plain));
        assert_true(slice_equal(plain, secret));
        assert_false(secret_box_open(other, marie, box, &arena, &plain));
        assert_false(secret_box_open(key, slice_of_text("paul"), box, &arena, &plain));
        assert_null(memmem(box.data, box.size, "secret", 6));
        assert_false(slice_equal(box, secret_box_seal(&world, key, marie, secret, &arena)));
}

static void test_a_damaged_one(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct world world = world_seeded(1, 0);
        const struct slice bound = slice_of_text("");
        struct slice box = secret_box_seal(&world, key, bound, slice_of_text("secret"), &arena), plain;
        for (size_t size = 0; size < box.size; size++)
                assert_false(secret_box_open(key, bound, slice_of(box.data, size), &arena, &plain));
        for (size_t i = 0; i < box.size; i++) {
                struct slice copy = arena_copy_slice(&arena, box);
                ((uint8_t *)(uintptr_t)copy.data)[i] ^= 1;
                assert_false(secret_box_open(key, bound, copy, &arena, &plain));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_opens_it),
                cmocka_unit_test(test_a_damaged_one),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
