/* Scopes of programs' keys: which there are, and what each lets through. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "common/codec/scope.h"

static void test_which_there_are(void **state)
{
        (void)state;
        static const char *const known[] = {"contracts:read", "tracking:write", "runtime:read", "*:read", "*:write"};
        static const char *const unknown[] = {"",
                                              "contracts",
                                              "contracts:",
                                              "contracts:all",
                                              ":read",
                                              "nobody:read",
                                              "contracts:reads",
                                              "**:read",
                                              "Contracts:read",
                                              "accounts:read",
                                              "accounts:write"};
        for (size_t i = 0; i < ARRAY_SIZE(known); i++)
                if (!scope_is_known(known[i]))
                        fail_msg("%s", known[i]);
        for (size_t i = 0; i < ARRAY_SIZE(unknown); i++)
                if (scope_is_known(unknown[i]))
                        fail_msg("%s", unknown[i]);
}

static void test_what_they_let_through(void **state)
{
        (void)state;
        char *one[] = {(char[]){"contracts:read"}}, *all[] = {(char[]){"*:write"}};
        char *two[] = {(char[]){"contracts:read"}, (char[]){"tracking:write"}};
        assert_true(scopes_allow(one, 1, "contracts", false));
        assert_false(scopes_allow(one, 1, "contracts", true));
        assert_false(scopes_allow(one, 1, "tracking", false));
        assert_true(scopes_allow(two, 2, "tracking", true));
        assert_true(scopes_allow(two, 2, "tracking", false)); /* who may write may read */
        assert_true(scopes_allow(all, 1, "reporting", true));
        assert_false(scopes_allow(all, 1, "accounts", false)); /* no key makes keys, nor reads them */
        assert_true(scopes_allow(NULL, 0, "accounts", true));  /* a person's */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_which_there_are),
                cmocka_unit_test(test_what_they_let_through),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
