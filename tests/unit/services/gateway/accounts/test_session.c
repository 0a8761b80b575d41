/* From a token to a passport: kept, renewed, and gone as soon as the account is. */
#include "tests/unit/services/gateway/fixture.h"

#include "services/gateway/accounts/session.h"

static unsigned signed_count;

static struct slice sign(void *argument, const Wire__Passport *passport, struct arena *arena)
{
        (void)argument;
        signed_count++;
        return pb_encode(passport, arena); /* what a signature is, passport.c tests */
}

/* The header of whoever was made last. */
static char authorization[64];

static void create_with_token(struct fixture *f, const char *name)
{
        const Gateway__CreateUserReply *reply = create(f, account_in(f, name, TYPES__ROLE__BUYER, "31"));
        (void)snprintf(authorization, sizeof(authorization), "Bearer %s", reply->token);
}

static const struct session *open_session(struct fixture *f, struct sessions *sessions, int64_t now_ms)
{
        struct err_info info = {0};
        struct txn *txn = txn_begin_read(engine_store(f->engine), &info);
        assert_non_null(txn);
        const struct session *session = sessions_open(sessions, txn, authorization, now_ms);
        txn_end_read(txn);
        return session;
}

static void test_passport(void **state)
{
        struct fixture *f = *state;
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        assert_null(open_session(f, sessions, FIXTURE_NOW_MS));
        create_with_token(f, "marie");

        const struct session *session = open_session(f, sessions, FIXTURE_NOW_MS);
        assert_non_null(session);
        assert_string_equal(session->passport->user, "marie");
        assert_true(id_equal(id_of(session->passport->account), id_of(all_users(f)->users[0]->user_id)));
        assert_int_equal(session->passport->role, TYPES__ROLE__BUYER);
        assert_string_equal(session->passport->territories[0], "31");
        assert_string_equal(session->passport->signer, "gateway-1");
        assert_true(session->passport->expires_at_ms == FIXTURE_NOW_MS + SESSION_PASSPORT_MS);
        sessions_free(sessions);
}

static void test_kept_until_shortly_before_its_end(void **state)
{
        struct fixture *f = *state;
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        const int64_t renew_ms = FIXTURE_NOW_MS + SESSION_PASSPORT_MS - SESSION_RENEW_MS;
        create_with_token(f, "marie");
        signed_count = 0;

        assert_non_null(open_session(f, sessions, FIXTURE_NOW_MS));
        assert_non_null(open_session(f, sessions, FIXTURE_NOW_MS + 1));
        assert_non_null(open_session(f, sessions, renew_ms - 1));
        assert_int_equal(signed_count, 1);
        const struct session *session = open_session(f, sessions, renew_ms);
        assert_int_equal(signed_count, 2);
        assert_true(session->passport->expires_at_ms == renew_ms + SESSION_PASSPORT_MS);

        session = open_session(f, sessions, FIXTURE_NOW_MS); /* the clock went back: that one would live too long */
        assert_int_equal(signed_count, 3);
        assert_true(session->passport->expires_at_ms == FIXTURE_NOW_MS + SESSION_PASSPORT_MS);
        sessions_free(sessions);
}

/* Out at the token's last instant, and no passport that was signed before outlives it. */
static void test_a_token_ends(void **state)
{
        struct fixture *f = *state;
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        const int64_t end_ms = FIXTURE_NOW_MS + INT64_C(100) * 86400000; /* the setting of the fixture */
        create_with_token(f, "marie");
        const struct session *session = open_session(f, sessions, FIXTURE_NOW_MS);
        assert_true(session->token_ends_ms == end_ms);
        session = open_session(f, sessions, end_ms - 1000);
        assert_true(session->passport->expires_at_ms == end_ms);
        assert_non_null(open_session(f, sessions, end_ms - 1));
        assert_null(open_session(f, sessions, end_ms));
        assert_null(open_session(f, sessions, INT64_MAX));
        sessions_free(sessions);
}

static void test_revoked_and_made_anew(void **state)
{
        struct fixture *f = *state;
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        create_with_token(f, "marie");
        assert_non_null(open_session(f, sessions, FIXTURE_NOW_MS));
        revoke_user(f, "marie");
        assert_null(open_session(f, sessions, FIXTURE_NOW_MS));

        create_with_token(f, "paul");
        assert_string_equal(open_session(f, sessions, FIXTURE_NOW_MS)->passport->user, "paul");
        sessions_free(sessions);
}

/* Renewed, and the answer lost: the token before asks for that answer again, for a few minutes; it opens nothing. */
static void test_the_token_before_asks_again(void **state)
{
        struct fixture *f = *state;
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        struct id key = id_new(&f->world, FIXTURE_NOW_MS, 0), other = id_new(&f->world, FIXTURE_NOW_MS, 0);
        struct engine_answer answer = {0};
        const int64_t end_ms = f->world.now_ms_value + SESSION_AGAIN_MS;
        const Gateway__CreateUser *command = account_in(f, "marie", TYPES__ROLE__BUYER, "31");
        const Gateway__CreateUserReply *created = create(f, command);
        (void)snprintf(authorization, sizeof(authorization), "Bearer %s", created->token);
        Gateway__RenewToken renew = GATEWAY__RENEW_TOKEN__INIT;
        renew.name = command->name;
        const Wire__Passport *marie = signed_in(f, command, created->user_id);
        assert_int_equal(engine_call(f->engine, marie, "RenewToken", &renew.base, &key, &f->arena, &answer), 0);
        assert_non_null(answer.body);

        struct err_info info = {0};
        struct txn *txn = txn_begin_read(engine_store(f->engine), &info);
        assert_null(sessions_open(sessions, txn, authorization, f->world.now_ms_value));
        assert_null(sessions_open_again(sessions, txn, authorization, &other, f->world.now_ms_value));
        assert_null(sessions_open_again(sessions, txn, "Bearer x", &key, f->world.now_ms_value));
        assert_null(sessions_open_again(sessions, txn, authorization, &key, end_ms + 1));
        const struct session *session = sessions_open_again(sessions, txn, authorization, &key, end_ms);
        assert_non_null(session);
        assert_true(id_equal(id_of(session->passport->account), id_of(created->user_id)));
        const Gateway__TokenReply *told = (const void *)answer.body;
        (void)snprintf(authorization, sizeof(authorization), "Bearer %s", told->token);
        assert_non_null(sessions_open(sessions, txn, authorization, f->world.now_ms_value));
        assert_null(sessions_open_again(sessions, txn, authorization, &key, f->world.now_ms_value));
        txn_end_read(txn);
        sessions_free(sessions);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_passport, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_kept_until_shortly_before_its_end, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_token_ends, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_revoked_and_made_anew, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_token_before_asks_again, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
