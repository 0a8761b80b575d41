/* The coder against the vector of ZeroMQ RFC 32. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/codec/z85.h"

static void test_rfc_vector(void **state)
{
        (void)state;
        static const uint8_t bytes[] = {0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B};
        char text[Z85_TEXT_SIZE(sizeof(bytes))];
        z85_encode(slice_of(bytes, sizeof(bytes)), text);
        assert_string_equal(text, "HelloWorld");
}

static void test_extremes(void **state)
{
        (void)state;
        static const uint8_t bytes[] = {0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff};
        char text[Z85_TEXT_SIZE(sizeof(bytes))];
        z85_encode(slice_of(bytes, sizeof(bytes)), text);
        assert_string_equal(text, "00000%nSc0");
        z85_encode(slice_of(bytes, 0), text);
        assert_string_equal(text, "");
}

static void test_key_form(void **state)
{
        (void)state;
        assert_true(z85_is_key("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"));
        assert_false(z85_is_key(NULL));
        assert_false(z85_is_key(""));
        assert_false(z85_is_key("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf"));
        assert_false(z85_is_key("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf77"));
        assert_false(z85_is_key("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf\""));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_rfc_vector),
                cmocka_unit_test(test_extremes),
                cmocka_unit_test(test_key_form),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
