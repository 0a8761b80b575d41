/* From a key to a passport: kept, renewed, and gone as soon as the account is. */
#include "tests/unit/services/gateway/fixture.h"

#include "common/base/limits.h"
#include "services/gateway/visitors/session.h"

enum { HEADER = 64 };
static const struct id MARIE = {.b = {1}}, PAUL = {.b = {2}};
static const int64_t END_MS = FIXTURE_NOW_MS + INT64_C(100) * 86400000;
static unsigned signed_count;

static struct slice sign(void *argument, const Wire__Passport *passport, struct arena *arena)
{
        (void)argument;
        signed_count++;
        return pb_encode(passport, arena); /* what a signature is, passport.c tests */
}

static const struct session *open_session(struct fixture *f, struct sessions *sessions, const char *authorization,
                                          int64_t now_ms)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        const struct session *session = sessions_open(sessions, txn, &(struct arrival){authorization, ""}, now_ms);
        txn_end_read(txn);
        return session;
}

static const struct session *open_again(struct fixture *f, struct sessions *sessions, const char *authorization,
                                        struct id key, int64_t now_ms)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        const struct session *session = sessions_open_again(sessions, txn, authorization, &key, now_ms);
        txn_end_read(txn);
        return session;
}

static void test_passport(void **state)
{
        struct fixture *f = *state;
        char header[HEADER];
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        told_of(f, "marie", MARIE);
        Accounts__KeyGiven *key = key_for(f, MARIE, END_MS, header);
        assert_null(open_session(f, sessions, header, FIXTURE_NOW_MS));
        told(f, key);

        const struct session *session = open_session(f, sessions, header, FIXTURE_NOW_MS);
        assert_non_null(session);
        assert_string_equal(session->passport->user, "marie");
        assert_true(id_equal(id_of(session->passport->account), MARIE));
        assert_true(id_equal(id_of(session->passport->membership), MARIE));
        assert_true(id_equal(id_of(session->passport->key), id_of(key->key_id)));
        assert_int_equal(session->passport->role, TYPES__ROLE__BUYER);
        assert_string_equal(session->passport->territories[0], "31");
        assert_string_equal(session->passport->signer, "gateway-1");
        assert_true(session->passport->expires_at_ms == FIXTURE_NOW_MS + SESSION_PASSPORT_MS);
        assert_int_equal(session->scope_count, 0);
        assert_null(open_session(f, sessions, "Bearer x", FIXTURE_NOW_MS));
        assert_null(open_session(f, sessions, NULL, FIXTURE_NOW_MS));
        sessions_free(sessions);
}

static void test_a_programs_key_has_scopes(void **state)
{
        struct fixture *f = *state;
        char header[HEADER], *scope = (char[]){"contracts:read"};
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        told_of(f, "marie", MARIE);
        Accounts__KeyGiven *key = key_for(f, MARIE, END_MS, header);
        key->kind = ACCOUNTS__KEY_KIND__KEY_PROGRAM;
        key->scopes = &scope;
        key->n_scopes = 1;
        told(f, key);
        const struct session *session = open_session(f, sessions, header, FIXTURE_NOW_MS);
        assert_int_equal(session->scope_count, 1);
        assert_string_equal(session->scopes[0], "contracts:read");
        sessions_free(sessions);
}

/* A session that nobody uses ends; each use that accounts was told of begins its rest anew, and is told coarsely. */
static void test_a_session_that_rests(void **state)
{
        struct fixture *f = *state;
        enum { IDLE_S = 3600, IDLE_MS = IDLE_S * 1000 };
        char header[HEADER];
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        told_of(f, "marie", MARIE);
        Accounts__KeyGiven *key = key_for(f, MARIE, END_MS, header);
        key->kind = ACCOUNTS__KEY_KIND__KEY_SESSION;
        key->idle_s = IDLE_S;
        told(f, key);
        const int64_t given_ms = f->world.now_ms_value;
        const struct session *session = open_session(f, sessions, header, given_ms);
        assert_true(session->touch_at_ms == given_ms + IDLE_MS / LIMIT_SESSION_TOUCHES);
        assert_non_null(open_session(f, sessions, header, given_ms + IDLE_MS - 1));
        assert_null(open_session(f, sessions, header, given_ms + IDLE_MS));

        f->world.now_ms_value = given_ms + IDLE_MS / 2;
        Accounts__KeyUsed used = ACCOUNTS__KEY_USED__INIT;
        used.key_id = key->key_id;
        used.account_id = key->account_id;
        used.used_on = day_to(&f->arena, day_of_instant_ms(f->world.now_ms_value));
        told(f, &used.base);
        assert_non_null(open_session(f, sessions, header, given_ms + IDLE_MS + IDLE_MS / 2 - 1));
        assert_null(open_session(f, sessions, header, given_ms + IDLE_MS + IDLE_MS / 2));
        sessions_free(sessions);
}

static void test_kept_until_shortly_before_its_end(void **state)
{
        struct fixture *f = *state;
        char header[HEADER];
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        const int64_t renew_ms = FIXTURE_NOW_MS + SESSION_PASSPORT_MS - SESSION_RENEW_MS;
        told_of(f, "marie", MARIE);
        told(f, key_for(f, MARIE, END_MS, header));
        signed_count = 0;

        assert_non_null(open_session(f, sessions, header, FIXTURE_NOW_MS));
        assert_non_null(open_session(f, sessions, header, FIXTURE_NOW_MS + 1));
        assert_non_null(open_session(f, sessions, header, renew_ms - 1));
        assert_int_equal(signed_count, 1);
        const struct session *session = open_session(f, sessions, header, renew_ms);
        assert_int_equal(signed_count, 2);
        assert_true(session->passport->expires_at_ms == renew_ms + SESSION_PASSPORT_MS);

        /* the clock went back: that one would live too long */
        session = open_session(f, sessions, header, FIXTURE_NOW_MS);
        assert_int_equal(signed_count, 3);
        assert_true(session->passport->expires_at_ms == FIXTURE_NOW_MS + SESSION_PASSPORT_MS);
        sessions_free(sessions);
}

/* Out at the key's last instant, and no passport that was signed before outlives it. */
static void test_a_key_ends(void **state)
{
        struct fixture *f = *state;
        char header[HEADER];
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        told_of(f, "marie", MARIE);
        told(f, key_for(f, MARIE, END_MS, header));
        assert_true(open_session(f, sessions, header, FIXTURE_NOW_MS)->token_ends_ms == END_MS);
        assert_true(open_session(f, sessions, header, END_MS - 1000)->passport->expires_at_ms == END_MS);
        assert_non_null(open_session(f, sessions, header, END_MS - 1));
        assert_null(open_session(f, sessions, header, END_MS));
        assert_null(open_session(f, sessions, header, INT64_MAX));
        sessions_free(sessions);
}

/* A key that was ended, a role that she left, an account that was closed: each shuts the door. */
static void test_what_shuts_the_door(void **state)
{
        struct fixture *f = *state;
        char marie[HEADER], second[HEADER], paul[HEADER];
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        told_of(f, "marie", MARIE);
        told_of(f, "paul", PAUL);
        Accounts__KeyGiven *key = key_for(f, MARIE, END_MS, marie);
        told(f, key);
        told(f, key_for(f, MARIE, END_MS, second));
        told(f, key_for(f, PAUL, END_MS, paul));

        Accounts__KeyEnded ended = ACCOUNTS__KEY_ENDED__INIT;
        ended.key_id = key->key_id;
        ended.account_id = key->account_id;
        told(f, &ended.base);
        assert_null(open_session(f, sessions, marie, FIXTURE_NOW_MS));
        assert_non_null(open_session(f, sessions, second, FIXTURE_NOW_MS));

        Accounts__MembershipEnded left = ACCOUNTS__MEMBERSHIP_ENDED__INIT;
        left.membership_id = left.account_id = key->account_id;
        told(f, &left.base);
        assert_null(open_session(f, sessions, second, FIXTURE_NOW_MS));

        Accounts__AccountClosed closed = ACCOUNTS__ACCOUNT_CLOSED__INIT;
        assert_non_null(open_session(f, sessions, paul, FIXTURE_NOW_MS));
        closed.account_id = id_to(&f->arena, PAUL);
        told(f, &closed.base);
        assert_null(open_session(f, sessions, paul, FIXTURE_NOW_MS));
        sessions_free(sessions);
}

/* Replaced by its holder, and the answer lost: the key before asks for that answer again, for a few minutes; it opens
 * nothing, and is gone with the next one. */
static void test_the_key_before_asks_again(void **state)
{
        struct fixture *f = *state;
        char first[HEADER], second[HEADER], third[HEADER];
        struct sessions *sessions = sessions_new("gateway-1", sign, NULL);
        told_of(f, "marie", MARIE);
        Accounts__KeyGiven *before = key_for(f, MARIE, END_MS, first), *after = key_for(f, MARIE, END_MS, second);
        Accounts__KeyGiven *last = key_for(f, MARIE, END_MS, third);
        told(f, before);
        after->replaces = before->key_id;
        after->by_holder = true;
        told(f, after);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Gateway__KeyCopy *kept = visitors_key_of_id(txn, id_of(before->key_id), &f->arena);
        txn_end_read(txn);
        struct id command = id_of(kept->replaced_by_command), other = {.b = {7}};
        int64_t at_ms = kept->replaced_at->ms;

        assert_null(open_session(f, sessions, first, at_ms));
        assert_non_null(open_session(f, sessions, second, at_ms));
        assert_non_null(open_again(f, sessions, first, command, at_ms + SESSION_AGAIN_MS));
        assert_null(open_again(f, sessions, first, command, at_ms + SESSION_AGAIN_MS + 1));
        assert_null(open_again(f, sessions, first, other, at_ms));
        assert_null(open_again(f, sessions, second, command, at_ms));

        last->replaces = after->key_id;
        last->by_holder = true;
        told(f, last);
        assert_null(open_again(f, sessions, first, command, at_ms));
        assert_non_null(open_session(f, sessions, third, at_ms));
        txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_int_equal(txn_count(txn, T_KEY_COPY), 2);
        txn_end_read(txn);
        sessions_free(sessions);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_passport, setup, close_copies),
                cmocka_unit_test_setup_teardown(test_a_programs_key_has_scopes, setup, close_copies),
                cmocka_unit_test_setup_teardown(test_kept_until_shortly_before_its_end, setup, close_copies),
                cmocka_unit_test_setup_teardown(test_a_session_that_rests, setup, close_copies),
                cmocka_unit_test_setup_teardown(test_a_key_ends, setup, close_copies),
                cmocka_unit_test_setup_teardown(test_what_shuts_the_door, setup, close_copies),
                cmocka_unit_test_setup_teardown(test_the_key_before_asks_again, setup, close_copies),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
