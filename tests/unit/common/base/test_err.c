#include "common/base/err.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

static void set_fills_and_returns_the_code(void **state)
{
        (void)state;
        struct err_info info = {0};

        assert_int_equal(err_set(&info, ERR_CONFIG, "%s:%d", "topology.json", 3), ERR_CONFIG);
        assert_int_equal(info.code, ERR_CONFIG);
        assert_string_equal(info.text, "topology.json:3");
        assert_int_equal(err_set(NULL, ERR_STORE, "nobody listens"), ERR_STORE);
}

static void a_long_text_is_cut(void **state)
{
        (void)state;
        struct err_info info = {0};
        char text[1000];
        memset(text, 'a', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';

        assert_int_equal(err_set(&info, ERR_MALFORMED, "%s", text), ERR_MALFORMED);
        assert_int_equal(strlen(info.text), sizeof(info.text) - 1);
}

static void every_code_has_its_own_name(void **state)
{
        (void)state;
        static const int codes[] = {ERR_OK,       ERR_MALFORMED, ERR_TOO_LARGE,   ERR_NOT_FOUND, ERR_STORE,
                                    ERR_MAP_FULL, ERR_DISK_FULL, ERR_STORE_NEWER, ERR_TRANSPORT, ERR_TIMEOUT,
                                    ERR_FORGED,   ERR_CONFIG,    ERR_OVERFLOW,    ERR_NO_MEMORY, ERR_STORE_OLDER};
        for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
                for (size_t j = 0; j < i; j++)
                        assert_string_not_equal(err_name(codes[i]), err_name(codes[j]));
}

static void errno_values_are_folded_in(void **state)
{
        (void)state;
        assert_int_equal(ERR_NO_MEMORY, -ENOMEM);
        assert_string_equal(err_name(-ENOENT), strerror(ENOENT));
        assert_string_equal(err_name(-123456), "unknown error");
        assert_string_equal(err_name(5), "unknown error");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(set_fills_and_returns_the_code),
                cmocka_unit_test(a_long_text_is_cut),
                cmocka_unit_test(every_code_has_its_own_name),
                cmocka_unit_test(errno_values_are_folded_in),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
