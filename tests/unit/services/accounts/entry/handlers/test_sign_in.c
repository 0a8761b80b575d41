/* Signing in: what opens a session, what does not, that nothing tells why, and how long one waits after failures. */
#include "tests/unit/services/accounts/sign_in/fixture.h"

#include "services/accounts/sign_in/session.h"
#include "services/accounts/sign_in/tries.h"

static const char GOOD[] = "un bon mot de passe", BAD[] = "un autre";

static void test_a_password_opens_a_session(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        const Accounts__SessionReply *reply = sign_in(f, "marie", GOOD, "");
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_int_equal(strlen(reply->key), 43);
        assert_true(reply->ends->ms == FIXTURE_NOW_MS + INT64_C(12) * 3600000);
        assert_false(reply->must_enrol);
        const Accounts__OwnKeysReply *keys = own_keys(f, marie);
        assert_int_equal(keys->n_keys, 2);
        assert_string_equal(keys->keys[0]->browser, "Firefox, Linux");
        assert_string_equal(keys->keys[0]->place, "192.0.2.0/24");
}

/* Whoever is asked for, the answer is the same, and so are the terms, each time. */
static void test_nothing_tells_why_not(void **state)
{
        struct fixture *f = *state;
        (void)with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        (void)newcomer(f, "paul", TYPES__ROLE__BUYER); /* no password */
        (void)with_password(f, "ancienne", TYPES__ROLE__BUYER, GOOD);
        revoke_user(f, "ancienne");
        static const char *const names[] = {"marie", "paul", "ancienne", "personne"};
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                const Accounts__SessionReply *reply = sign_in(f, names[i], i == 2 ? GOOD : BAD, "");
                assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
                assert_string_equal(reply->key, "");
                assert_null(reply->ends);
        }
        Accounts__SignInTermsRequest query = ACCOUNTS__SIGN_IN_TERMS_REQUEST__INIT;
        query.name = (char[]){"personne"};
        const Accounts__SignInTermsReply *one = fixture_get(f, at_the_door(f), "SignInTerms", &query);
        const Accounts__SignInTermsReply *again = fixture_get(f, at_the_door(f), "SignInTerms", &query);
        query.name = (char[]){"personne d'autre"};
        const Accounts__SignInTermsReply *other = fixture_get(f, at_the_door(f), "SignInTerms", &query);
        query.name = (char[]){"marie"};
        const Accounts__SignInTermsReply *marie = fixture_get(f, at_the_door(f), "SignInTerms", &query);
        assert_int_equal(one->salt.len, 16);
        assert_true(slice_equal(pb_slice(one->salt), pb_slice(again->salt)));
        assert_false(slice_equal(pb_slice(one->salt), pb_slice(other->salt)));
        assert_int_equal(marie->salt.len, 16);
        assert_true(one->passes == marie->passes && one->memory_kib == marie->memory_kib);
}

/* Of a name, and of a place, whatever the name; the right password waits too, and is not even looked at. */
static void test_who_fails_waits(void **state)
{
        struct fixture *f = *state;
        (void)with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        for (int i = 0; i <= TRIES_OF_A_NAME; i++)
                assert_int_equal(sign_in(f, "marie", BAD, "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        uint64_t position = engine_position(f->engine);
        const Accounts__SessionReply *reply = sign_in(f, "marie", GOOD, "");
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT);
        assert_int_equal(reply->wait_s, 1);
        assert_int_equal(engine_position(f->engine), position); /* who hammers fills no log */
        f->world.now_ms_value += 1000;
        assert_int_equal(sign_in(f, "marie", GOOD, "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_int_equal(sign_in(f, "marie", BAD, "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG); /* anew */

        for (int i = 0; i < TRIES_OF_A_PLACE; i++) {
                char name[16];
                (void)snprintf(name, sizeof(name), "nom%d", i);
                (void)sign_in(f, name, BAD, "");
        }
        assert_int_equal(sign_in(f, "marie", GOOD, "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT);
        assert_int_equal(sign_in_with(f, "marie", GOOD, "", browser_of(f, 'a', "198.51.100.0/24"))->outcome,
                         ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
}

/* What was counted is gone after a day, by and by. */
static void test_tries_do_not_gather(void **state)
{
        struct fixture *f = *state;
        for (int i = 0; i < 12; i++) {
                char name[16];
                (void)snprintf(name, sizeof(name), "nom%d", i);
                (void)sign_in_with(f, name, BAD, "", browser_of(f, 'a', ""));
        }
        f->world.now_ms_value += TRIES_FORGOTTEN_MS + 1;
        (void)sign_in_with(f, "nom", BAD, "", browser_of(f, 'a', ""));
        (void)sign_in_with(f, "nom", BAD, "", browser_of(f, 'a', ""));
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_int_equal(txn_count(txn, T_TRIES), 1);
        assert_int_equal(txn_count(txn, T_TRIES_BY_TIME), 1);
        txn_end_read(txn);
}

static void test_who_needs_a_second_factor(void **state)
{
        (void)state;
        const uint32_t needing =
                ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR) | ROLE_BIT(OPERATOR) | ROLE_BIT(DATA_PROTECTION);
        for (Types__Role role = TYPES__ROLE__ROLE_NONE; role <= TYPES__ROLE__DATA_PROTECTION; role++)
                assert_int_equal(session_needs_factor(role), (needing & 1u << role) != 0);
}

/* A role that demands a second factor opens nothing but its setting up, until it is there; then a code is asked for. */
static void test_the_second_factor(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__FACILITATOR, GOOD);
        const char *secret;
        const Accounts__SessionReply *reply = sign_in(f, "marie", GOOD, "");
        assert_true(reply->must_enrol);
        const Accounts__Event *given = fixture_event(f, engine_position(f->engine) - 2);
        assert_int_equal(given->body_case, ACCOUNTS__EVENT__BODY_KEY_GIVEN);
        assert_string_equal(given->key_given->scopes[0], "enrol");
        const Accounts__SessionReply *enrolled = enrol(f, marie, &secret);
        assert_false(enrolled->must_enrol);
        assert_int_equal(enrolled->n_recovery_codes, 10);

        assert_int_equal(sign_in(f, "marie", GOOD, "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_CODE);
        assert_int_equal(sign_in(f, "marie", BAD, "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        assert_int_equal(sign_in(f, "marie", GOOD, "000000")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        const char *code = code_of(f, secret);
        assert_false(sign_in(f, "marie", GOOD, code)->must_enrol);
        /* read over her shoulder: no code is good twice */
        assert_int_equal(sign_in(f, "marie", GOOD, code)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        f->world.now_ms_value += 60000;
        assert_int_equal(sign_in(f, "marie", GOOD, code)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        /* the telephone is lost: a recovery code, as people write it, once */
        char *spare = arena_printf(&f->arena, "%.4s-%s", enrolled->recovery_codes[3], enrolled->recovery_codes[3] + 4);
        spare[0] = (char)(spare[0] >= 'A' ? spare[0] + 32 : spare[0]);
        f->world.now_ms_value += 60000;
        assert_int_equal(sign_in(f, "marie", GOOD, spare)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_int_equal(sign_in(f, "marie", GOOD, spare)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        fixture_reopen(f); /* what is sealed opens again */
        f->world.now_ms_value += 60000;
        assert_int_equal(sign_in(f, "marie", GOOD, code_of(f, secret))->outcome,
                         ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
}

/* A browser is told as new once; what it is called, and where, is published nowhere. */
static void test_a_new_browser(void **state)
{
        struct fixture *f = *state;
        (void)with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        static const struct {
                char mark;
                bool is_new;
        } rows[] = {{'a', true}, {'a', false}, {'b', true}, {'a', false}};
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                (void)sign_in_with(f, "marie", GOOD, "", browser_of(f, rows[i].mark, "192.0.2.0/24"));
                const Accounts__Event *told = fixture_event(f, engine_position(f->engine) - 1);
                assert_int_equal(told->body_case, ACCOUNTS__EVENT__BODY_SIGNED_IN);
                assert_int_equal(told->signed_in->new_browser, rows[i].is_new);
                struct slice events = engine_events_after(f->engine, engine_position(f->engine) - 3, 0, &f->arena);
                assert_null(memmem(events.data, events.size, "Firefox", 7));
                assert_null(memmem(events.data, events.size, "192.0.2", 7));
        }
}

/* Only so many at a time: the oldest goes. */
static void test_sessions_are_bounded(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        for (int i = 0; i < SESSIONS_MAX + 3; i++)
                assert_int_equal(sign_in(f, "marie", GOOD, "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_int_equal(own_keys(f, marie)->n_keys, SESSIONS_MAX);
}

static void test_by_gateways_alone(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *daemon = at_the_door(f);
        Accounts__SignIn command = ACCOUNTS__SIGN_IN__INIT;
        Accounts__SignInTermsRequest query = ACCOUNTS__SIGN_IN_TERMS_REQUEST__INIT;
        daemon->signer = arena_text(&f->arena, "notifications");
        command.name = query.name = (char[]){"marie"};
        command.proof = proof_of(f, GOOD);
        (void)fixture_refused(f, daemon, "SignIn", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, daemon, "SignInTerms", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, operator_of(f), "SignIn", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_password_opens_a_session, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_nothing_tells_why_not, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_fails_waits, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_tries_do_not_gather, setup_sign_in, fixture_close),
                cmocka_unit_test(test_who_needs_a_second_factor),
                cmocka_unit_test_setup_teardown(test_the_second_factor, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_new_browser, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_sessions_are_bounded, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_gateways_alone, setup_sign_in, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
