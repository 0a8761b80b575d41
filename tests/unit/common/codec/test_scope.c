/* Scopes of programs' keys: which there are, and what each lets through. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "common/codec/catalogue.h"
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

static bool allow(char *const *scopes, size_t count, const char *name)
{
        struct catalogue_method method;
        assert_true(catalogue_method(name, &method));
        return scopes_allow(scopes, count, &method);
}

static void test_what_they_let_through(void **state)
{
        (void)state;
        char *one[] = {(char[]){"contracts:read"}}, *all[] = {(char[]){"*:write"}};
        char *two[] = {(char[]){"contracts:read"}, (char[]){"tracking:write"}};
        assert_true(allow(one, 1, "contracts.Obligations"));
        assert_false(allow(one, 1, "contracts.PutClause"));
        assert_false(allow(one, 1, "tracking.HoursByMonth"));
        assert_true(allow(two, 2, "tracking.ValidateHours"));
        assert_true(allow(two, 2, "tracking.HoursByMonth")); /* who may write may read */
        assert_true(allow(all, 1, "reporting.NoteReportSent"));
        assert_false(allow(all, 1, "accounts.OwnKeys"));        /* no key makes keys, nor reads them */
        assert_true(allow(NULL, 0, "accounts.MakeProgramKey")); /* a person's */
}

static void test_a_session_that_enrols(void **state)
{
        (void)state;
        char *enrol[] = {(char[]){SCOPE_ENROL}};
        assert_true(allow(enrol, 1, "accounts.BeginSecondFactor"));
        assert_true(allow(enrol, 1, "accounts.ConfirmSecondFactor"));
        assert_true(allow(enrol, 1, "accounts.OwnAccess"));
        assert_true(allow(enrol, 1, "accounts.SignOut"));
        assert_false(allow(enrol, 1, "accounts.RenewToken"));
        assert_false(allow(enrol, 1, "accounts.MakeProgramKey"));
        assert_false(allow(enrol, 1, "accounts.SwitchMembership"));
        assert_false(allow(enrol, 1, "contracts.Obligations"));
        assert_false(scope_is_known(SCOPE_ENROL)); /* nobody asks for it */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_which_there_are),
                cmocka_unit_test(test_what_they_let_through),
                cmocka_unit_test(test_a_session_that_enrols),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
