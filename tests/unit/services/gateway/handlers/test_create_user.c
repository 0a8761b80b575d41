#include "tests/unit/services/gateway/fixture.h"

static void test_created(void **state)
{
        struct fixture *f = *state;
        const Gateway__CreateUserReply *reply = create_user(f, "marie.dupont", 1);
        assert_int_equal(reply->user_id->value.len, 16);

        const Gateway__UsersReply *list = all_users(f);
        assert_int_equal(list->n_users, 1);
        assert_string_equal(list->users[0]->name, "marie.dupont");
        assert_int_equal(list->users[0]->role, TYPES__ROLE__FACILITATOR);
        assert_string_equal(list->users[0]->territories[0], "31");
        assert_memory_equal(list->users[0]->user_id->value.data, reply->user_id->value.data, 16);
        assert_false(list->users[0]->revoked);
}

/* 100 days is the setting of the fixture. */
static void test_a_token_has_an_end(void **state)
{
        struct fixture *f = *state;
        const int64_t day_ms = 86400000;
        Gateway__CreateUser *longer = account(f, "paul", 2);
        longer->token_days = 366;
        assert_true(create_user(f, "marie", 1)->token_ends->ms == FIXTURE_NOW_MS + 100 * day_ms);
        const Gateway__CreateUserReply *reply = fixture_get(f, operator_of(f), "CreateUser", longer);
        assert_true(reply->token_ends->ms == FIXTURE_NOW_MS + 366 * day_ms);
        assert_true(all_users(f)->users[0]->token_ends->ms == FIXTURE_NOW_MS + 100 * day_ms);
        assert_true(all_users(f)->users[1]->token_ends->ms == FIXTURE_NOW_MS + 366 * day_ms);

        Gateway__CreateUser *endless = account(f, "zoe", 3);
        endless->token_days = 367;
        const Types__Refusal *refusal =
                fixture_refused(f, operator_of(f), "CreateUser", endless, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "tokenDays");
        assert_non_null(strstr(refusal->text, "366"));
}

static void test_name_and_token_are_taken_once(void **state)
{
        struct fixture *f = *state;
        (void)create_user(f, "marie", 1);
        const Types__Refusal *refusal = fixture_refused(f, operator_of(f), "CreateUser", account(f, "marie", 2),
                                                        TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "name");
        refusal = fixture_refused(f, operator_of(f), "CreateUser", account(f, "paul", 1),
                                  TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "tokenHash");
}

static void test_a_revoked_name_is_free_again(void **state)
{
        struct fixture *f = *state;
        (void)create_user(f, "marie", 1);
        revoke_user(f, "marie");
        (void)create_user(f, "marie", 2);
        const Gateway__UsersReply *list = all_users(f);
        assert_int_equal(list->n_users, 1);
        assert_false(list->users[0]->revoked);
        (void)create_user(f, "paul", 1); /* the old token opens nothing, so it is nobody's */
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        assert_string_equal(fixture_refused(f, operator_of(f), "CreateUser", account(f, "Marie", 1),
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "name");
        static const Types__Role others[] = {TYPES__ROLE__FACILITATOR, TYPES__ROLE__COORDINATOR, TYPES__ROLE__BUYER,
                                             TYPES__ROLE__AUDITOR, TYPES__ROLE__SERVICE};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(f, fixture_actor(f, others[i], NULL, "*"), "CreateUser", account(f, "marie", 1),
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_created, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_token_has_an_end, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_name_and_token_are_taken_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_revoked_name_is_free_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
