#include "tests/unit/services/accounts/fixture.h"

static void test_revoked_once(void **state)
{
        struct fixture *f = *state;
        Accounts__RevokeUser command = ACCOUNTS__REVOKE_USER__INIT;
        command.name = (char[]){"marie"};
        (void)create(f, account_in(f, "marie", TYPES__ROLE__BUYER, "31"));
        f->world.now_ms_value++;
        (void)create(f, account(f, "paul"));
        (void)fixture_get(f, operator_of(f), "RevokeUser", &command);

        const Accounts__UsersReply *list = all_users(f);
        assert_true(list->users[1]->revoked);
        assert_null(list->users[1]->token_ends);
        assert_false(list->users[0]->revoked);
        (void)fixture_refused(f, operator_of(f), "RevokeUser", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        char longest[1000];
        memset(longest, 'x', sizeof(longest) - 1);
        longest[sizeof(longest) - 1] = '\0';
        Accounts__RevokeUser command = ACCOUNTS__REVOKE_USER__INIT;
        (void)fixture_refused(f, operator_of(f), "RevokeUser", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command.name = longest;
        (void)fixture_refused(f, operator_of(f), "RevokeUser", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "RevokeUser", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_revoked_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
