#include "tests/unit/services/accounts/fixture.h"

/* What an operator alone gets: no token of a role that reads of persons. */
static void test_who_reads_of_persons_awaits_consent(void **state)
{
        struct fixture *f = *state;
        static const Types__Role readers[] = {TYPES__ROLE__FACILITATOR, TYPES__ROLE__AUDITOR, TYPES__ROLE__COMPANY,
                                              TYPES__ROLE__STRUCTURE, TYPES__ROLE__PRESCRIBER};
        for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
                const char *name = arena_printf(&f->arena, "compte.%zu", i);
                const Accounts__CreateUserReply *reply = create(f, account_in(f, name, readers[i], "31"));
                assert_int_equal(reply->user_id->value.len, 16);
                assert_string_equal(reply->token, "");
                assert_null(reply->token_ends);
        }
        const Accounts__UsersReply *list = all_users(f);
        assert_int_equal(list->n_users, ARRAY_SIZE(readers));
        for (size_t i = 0; i < list->n_users; i++)
                assert_true(list->users[i]->awaits_consent);
}

static void test_others_have_their_token_at_once(void **state)
{
        struct fixture *f = *state;
        const Accounts__CreateUserReply *buyer = create(f, account_in(f, "acheteuse", TYPES__ROLE__BUYER, "31"));
        const Accounts__CreateUserReply *second = create(f, account_in(f, "exploitant", TYPES__ROLE__OPERATOR, "*"));
        assert_int_equal(strlen(buyer->token), 43);
        assert_string_not_equal(buyer->token, second->token);
        assert_false(all_users(f)->users[0]->awaits_consent);
}

/* Once in a network's life, and it leaves its trace. */
static void test_the_first_coordinator_has_nobody_to_consent(void **state)
{
        struct fixture *f = *state;
        const Accounts__CreateUserReply *first =
                create(f, account_in(f, "coordination", TYPES__ROLE__COORDINATOR, "*"));
        assert_int_equal(strlen(first->token), 43);
        assert_true(all_users(f)->users[0]->first_coordinator);
        f->world.now_ms_value++; /* newest first: ids of one millisecond are in no order */
        assert_string_equal(create(f, account_in(f, "autre", TYPES__ROLE__COORDINATOR, "*"))->token, "");
        revoke_user(f, "coordination"); /* does not make another the first */
        f->world.now_ms_value++;
        assert_string_equal(create(f, account_in(f, "troisieme", TYPES__ROLE__COORDINATOR, "*"))->token, "");
        assert_false(all_users(f)->users[0]->first_coordinator);
}

/* 100 days is the setting of the fixture. */
static void test_a_token_has_an_end(void **state)
{
        struct fixture *f = *state;
        const int64_t day_ms = 86400000;
        Accounts__CreateUser *longer = account_in(f, "paul", TYPES__ROLE__BUYER, "31");
        longer->token_days = 366;
        assert_true(create(f, account_in(f, "marie", TYPES__ROLE__BUYER, "31"))->token_ends->ms ==
                    FIXTURE_NOW_MS + 100 * day_ms);
        assert_true(create(f, longer)->token_ends->ms == FIXTURE_NOW_MS + 366 * day_ms);
        assert_true(all_users(f)->users[0]->token_ends->ms == FIXTURE_NOW_MS + 366 * day_ms);

        Accounts__CreateUser *endless = account(f, "zoe");
        endless->token_days = 367;
        const Types__Refusal *refusal =
                fixture_refused(f, operator_of(f), "CreateUser", endless, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "tokenDays");
        assert_non_null(strstr(refusal->text, "366"));
}

static void test_a_name_is_given_once(void **state)
{
        struct fixture *f = *state;
        (void)create(f, account(f, "marie"));
        const Types__Refusal *refusal = fixture_refused(f, operator_of(f), "CreateUser", account(f, "marie"),
                                                        TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "name");
        revoke_user(f, "marie");
        (void)fixture_refused(f, operator_of(f), "CreateUser", account(f, "marie"),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

/* Neither the reply kept for repetition nor the event: the store holds no token. */
static void test_a_token_is_kept_nowhere(void **state)
{
        struct fixture *f = *state;
        static uint8_t file[1 << 20];
        char path[128];
        const char *token = create(f, account_in(f, "acheteuse", TYPES__ROLE__BUYER, "31"))->token;
        (void)snprintf(path, sizeof(path), "%s/data.mdb", f->directory);
        FILE *stream = fopen(path, "rb");
        assert_non_null(stream);
        size_t size = fread(file, 1, sizeof(file), stream);
        assert_int_equal(fclose(stream), 0);
        assert_non_null(memmem(file, size, "acheteuse", strlen("acheteuse")));
        assert_null(memmem(file, size, token, strlen(token)));
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        assert_string_equal(fixture_refused(f, operator_of(f), "CreateUser", account(f, "Marie"),
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "name");
        static const Types__Role others[] = {TYPES__ROLE__FACILITATOR,     TYPES__ROLE__COORDINATOR,
                                             TYPES__ROLE__BUYER,           TYPES__ROLE__AUDITOR,
                                             TYPES__ROLE__DATA_PROTECTION, TYPES__ROLE__SERVICE};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(f, fixture_actor(f, others[i], NULL, "*"), "CreateUser", account(f, "marie"),
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_reads_of_persons_awaits_consent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_others_have_their_token_at_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_first_coordinator_has_nobody_to_consent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_token_has_an_end, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_name_is_given_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_token_is_kept_nowhere, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
