/* What a password proves, worked out beside the loop: the same each time, never more at once than there is room for,
 * and nobody is called back who has left. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "services/gateway/passwords/hasher.h"

static const uint8_t salt[PROOF_SALT_SIZE] = "sixteen bytes...";

struct told {
        unsigned count, failed;
        uint8_t proofs[64][PROOF_SIZE];
};

static void on_proof(void *argument, const uint8_t *proof)
{
        struct told *told = argument;
        if (proof == NULL)
                told->failed++;
        else
                memcpy(told->proofs[told->count++], proof, PROOF_SIZE);
}

static bool wish(struct hasher *hasher, const char *password, struct told *told)
{
        const struct hash_wish wanted = {password, slice_of(salt, sizeof(salt)), 1, 64};
        return hasher_ask(hasher, &wanted, on_proof, told);
}

static void test_the_same_each_time(void **state)
{
        (void)state;
        uv_loop_t loop;
        struct told told = {0};
        uint8_t expected[PROOF_SIZE];
        assert_int_equal(uv_loop_init(&loop), 0);
        struct hasher *hasher = hasher_new(&loop);
        assert_true(wish(hasher, "un", &told) && wish(hasher, "un", &told) && wish(hasher, "deux", &told));
        assert_int_equal(told.count, 0); /* never at once */
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(told.count, 3);
        assert_int_equal(
                crypto_pwhash(expected, sizeof(expected), "un", 2, salt, 1, 64 * 1024, crypto_pwhash_ALG_ARGON2ID13),
                0);
        unsigned same = 0;
        for (unsigned i = 0; i < 3; i++)
                same += memcmp(told.proofs[i], expected, PROOF_SIZE) == 0;
        assert_int_equal(same, 2);
        hasher_free(hasher);
        assert_int_equal(uv_loop_close(&loop), 0);
}

static void test_the_line_is_bounded(void **state)
{
        (void)state;
        uv_loop_t loop;
        struct told told = {0};
        unsigned taken = 0;
        assert_int_equal(uv_loop_init(&loop), 0);
        struct hasher *hasher = hasher_new(&loop);
        while (wish(hasher, "un", &told))
                taken++;
        assert_int_equal(taken, HASHES_AT_ONCE + HASHES_WAITING);
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(told.count, taken);
        assert_true(wish(hasher, "un", &told)); /* and there is room again */
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        hasher_free(hasher);
        assert_int_equal(uv_loop_close(&loop), 0);
}

/* Whoever floods it from one network leaves room for others. */
static void test_no_network_fills_it(void **state)
{
        (void)state;
        uv_loop_t loop;
        struct told told = {0};
        unsigned taken = 0;
        assert_int_equal(uv_loop_init(&loop), 0);
        struct hasher *hasher = hasher_new(&loop);
        const struct hash_wish flood = {"un", slice_of(salt, sizeof(salt)), 1, 64, {{192}}};
        const struct hash_wish other = {"un", slice_of(salt, sizeof(salt)), 1, 64, {{198}}};
        while (hasher_ask(hasher, &flood, on_proof, &told))
                taken++;
        assert_int_equal(taken, HASHES_OF_ONE);
        assert_true(hasher_ask(hasher, &other, on_proof, &told));
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(told.count, taken + 1);
        assert_true(hasher_ask(hasher, &flood, on_proof, &told));
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        hasher_free(hasher);
        assert_int_equal(uv_loop_close(&loop), 0);
}

static void test_who_has_left(void **state)
{
        (void)state;
        uv_loop_t loop;
        struct told told = {0};
        assert_int_equal(uv_loop_init(&loop), 0);
        struct hasher *hasher = hasher_new(&loop);
        for (unsigned i = 0; i < 5; i++)
                assert_true(wish(hasher, "un", &told));
        hasher_free(hasher);
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(told.count + told.failed, 0);
        assert_int_equal(uv_loop_close(&loop), 0);
}

static void test_what_cannot_be(void **state)
{
        (void)state;
        uv_loop_t loop;
        struct told told = {0};
        assert_int_equal(uv_loop_init(&loop), 0);
        struct hasher *hasher = hasher_new(&loop);
        const struct hash_wish wishes[] = {{"un", slice_of(salt, 15), 1, 64},
                                           {"un", slice_of(salt, 16), 0, 64},
                                           {"un", slice_of(salt, 16), 1, 7},
                                           {"un", slice_of(salt, 16), 1, UINT32_MAX},
                                           {"un", slice_of(salt, 16), UINT32_MAX, 64}};
        for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++)
                assert_false(hasher_ask(hasher, &wishes[i], on_proof, &told));
        hasher_free(hasher);
        assert_int_equal(uv_loop_close(&loop), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_same_each_time),  cmocka_unit_test(test_the_line_is_bounded),
                cmocka_unit_test(test_no_network_fills_it), cmocka_unit_test(test_who_has_left),
                cmocka_unit_test(test_what_cannot_be),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
