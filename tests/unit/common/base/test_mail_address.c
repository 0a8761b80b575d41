/* What passes for one e-mail address. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "common/base/mail_address.h"

static void one_address_and_nothing_else(void **state)
{
        (void)state;
        static const char *const right[] = {"a@b", "ml-31.lauragais+test@mission-locale.fr", "o'neil@x1.y2.fr"};
        static const char *const wrong[] = {"",
                                            "a",
                                            "@b",
                                            "a@",
                                            "a@b@c",
                                            "a b@c",
                                            "a@b c",
                                            "a@.b",
                                            "a@b.",
                                            "a@b..c",
                                            "a@-b",
                                            "a@b-",
                                            ".a@b",
                                            "a.@b",
                                            "a@b\r\nBcc: x@y",
                                            "a\n@b",
                                            "é@b",
                                            "a@é",
                                            "<a@b>",
                                            "a@[127.0.0.1]",
                                            "\"a\"@b",
                                            "a@b,c@d",
                                            "a@b;",
                                            "a@b.fr;c@d.fr",
                                            "a..b@c",
                                            "a@b\t"};
        for (size_t i = 0; i < ARRAY_SIZE(right); i++)
                assert_true(mail_address_valid(right[i]));
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
                if (mail_address_valid(wrong[i]))
                        fail_msg("\"%s\" passes for an address", wrong[i]);
        char address[MAIL_ADDRESS_BYTES_MAX + 2] = "a@";
        memset(address + 2, 'b', MAIL_ADDRESS_BYTES_MAX - 2);
        assert_true(mail_address_valid(address));
        address[MAIL_ADDRESS_BYTES_MAX] = 'b';
        assert_false(mail_address_valid(address));
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(one_address_and_nothing_else)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
