/* What a header gives: the hash of its token, or that of none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sodium.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/token.h"

/* 32 bytes 0, 1, 2…31 */
#define TOKEN "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

static void test_token(void **state)
{
        (void)state;
        uint8_t token[32], expected[32], hash[TOKEN_DIGEST_SIZE];
        for (uint8_t i = 0; i < 32; i++)
                token[i] = i;
        assert_int_equal(crypto_generichash(expected, sizeof(expected), token, sizeof(token), NULL, 0), 0);

        assert_true(token_of_authorization("Bearer " TOKEN, hash));
        assert_memory_equal(hash, expected, sizeof(hash));
        assert_true(token_of_authorization("bearer " TOKEN, hash));
        assert_memory_equal(hash, expected, sizeof(hash));
}

static void test_none(void **state)
{
        (void)state;
        static const char *const headers[] = {
                NULL,
                "",
                "Bearer",
                "Bearer ",
                "Basic " TOKEN,
                TOKEN,
                "Bearer x",
                "Bearer " TOKEN "A",
                "Bearer " TOKEN "=",
                "Bearer  " TOKEN,
                "Bearer " TOKEN TOKEN,
                "Bearer " TOKEN " ",
                "Bearer AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", /* 31 bytes and a piece */
        };
        uint8_t none[TOKEN_DIGEST_SIZE], hash[TOKEN_DIGEST_SIZE], zeros[33] = {0}, of_zeros[TOKEN_DIGEST_SIZE];
        assert_false(token_of_authorization(NULL, none));
        for (size_t i = 0; i < ARRAY_SIZE(headers); i++)
                assert_false(token_of_authorization(headers[i], hash));

        /* the hash of none is that of no token, zeros included */
        assert_int_equal(crypto_generichash(of_zeros, sizeof(of_zeros), zeros, 32, NULL, 0), 0);
        assert_memory_not_equal(none, of_zeros, sizeof(none));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_token),
                cmocka_unit_test(test_none),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
