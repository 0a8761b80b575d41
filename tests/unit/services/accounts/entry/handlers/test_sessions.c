/* What who is signed in does with her sessions: goes on in another role, leaves, ends the others, sees how she comes
 * in. */
#include "tests/unit/services/accounts/sign_in/fixture.h"
#include "tests/unit/services/accounts/sign_in/provider_fixture.h"

#include "common/store/eventlog.h"

static const char GOOD[] = "un bon mot de passe";

static const Accounts__OwnAccessReply *access_of(struct fixture *f, const Wire__Passport *actor)
{
        Accounts__OwnAccessRequest query = ACCOUNTS__OWN_ACCESS_REQUEST__INIT;
        return fixture_get(f, actor, "OwnAccess", &query);
}

static const Types__Id *role_more(struct fixture *f, const char *name, Types__Role role)
{
        Accounts__CreateUser *model = account_in(f, name, role, "31");
        Accounts__AddMembership add = ACCOUNTS__ADD_MEMBERSHIP__INIT;
        add.name = model->name;
        add.role = role;
        add.organisation = model->organisation;
        add.territories = model->territories;
        add.n_territories = 1;
        f->world.now_ms_value += 1; /* ids grow by the millisecond */
        const Accounts__CreateUserReply *reply = fixture_get(f, operator_of(f), "AddMembership", &add);
        return reply->membership_id;
}

static void test_in_another_role(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *coordinator = coordinator_of(f);
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        Wire__Passport *paul = with_password(f, "paul", TYPES__ROLE__BUYER, GOOD);
        const Types__Id *company = role_more(f, "marie", TYPES__ROLE__COMPANY);
        Accounts__SwitchMembership to = ACCOUNTS__SWITCH_MEMBERSHIP__INIT;
        to.membership_id = (Types__Id *)(uintptr_t)company;
        (void)fixture_get(f, coordinator, "ConfirmUser", named(f, "marie"));
        assert_int_equal(access_of(f, marie)->n_memberships, 2);
        assert_true(access_of(f, marie)->memberships[0]->is_current);
        (void)fixture_refused(f, paul, "SwitchMembership", &to, TYPES__REFUSAL_CODE__NOT_FOUND);
        const Types__Id *before = marie->key;
        const Accounts__SessionReply *reply = fixture_get(f, marie, "SwitchMembership", &to);
        assert_int_equal(strlen(reply->key), 43);
        const Accounts__Event *given = fixture_event(f, engine_position(f->engine));
        assert_true(id_equal(id_of(given->key_given->membership_id), id_of(company)));
        assert_true(id_equal(id_of(given->key_given->replaces), id_of(before)));
        (void)fixture_refused(f, marie, "SwitchMembership", &to, TYPES__REFUSAL_CODE__NOT_ALLOWED); /* by the old key */
}

/* One of her roles demands a second factor: it is asked for where she would act in that role. */
static void test_into_a_role_that_demands_more(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *coordinator = coordinator_of(f);
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        const Types__Id *desk = role_more(f, "marie", TYPES__ROLE__FACILITATOR);
        Accounts__SwitchMembership to = ACCOUNTS__SWITCH_MEMBERSHIP__INIT;
        to.membership_id = (Types__Id *)(uintptr_t)desk;
        (void)fixture_refused(f, marie, "SwitchMembership", &to, TYPES__REFUSAL_CODE__NOT_FOUND); /* no consent yet */
        (void)fixture_get(f, coordinator, "ConfirmUser", named(f, "marie"));
        assert_true(access_of(f, marie)->needs_second_factor);
        const Accounts__SessionReply *reply = fixture_get(f, marie, "SwitchMembership", &to);
        assert_true(reply->must_enrol);
}

/* Whom a provider vouches for goes on into a role that demands two factors where it has seen two of hers, and back. */
static void test_into_it_from_a_provider(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *coordinator = coordinator_of(f);
        Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        const Types__Id *first = marie->membership, *desk = role_more(f, "marie", TYPES__ROLE__FACILITATOR);
        const Types__Id *way[] = {desk, first, desk};
        Accounts__SwitchMembership to = ACCOUNTS__SWITCH_MEMBERSHIP__INIT;
        (void)fixture_get(f, coordinator, "ConfirmUser", named(f, "marie"));
        (void)bind_to(f, marie, "42");
        for (unsigned shown = 0; shown < 2; shown++) {
                Accounts__SignInByProvider *command = coming(f, "42");
                command->second_factor_shown = shown;
                const Accounts__SessionReply *reply = come(f, command);
                assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
                assert_false(reply->must_enrol); /* as a buyer */
                for (size_t i = 0; i < ARRAY_SIZE(way); i++) {
                        come_by(marie, reply->key_id);
                        to.membership_id = (Types__Id *)(uintptr_t)way[i];
                        reply = fixture_get(f, marie, "SwitchMembership", &to);
                        const Accounts__Event *given = fixture_event(f, engine_position(f->engine));
                        assert_int_equal(reply->must_enrol, !shown && way[i] == desk);
                        assert_int_equal(given->key_given->n_scopes, reply->must_enrol); /* it opens nothing else */
                }
        }
}

static void test_leaving(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        Accounts__SignOut out = ACCOUNTS__SIGN_OUT__INIT;
        Accounts__EndOtherSessions others = ACCOUNTS__END_OTHER_SESSIONS__INIT;
        (void)sign_in(f, "marie", GOOD, "");
        (void)sign_in(f, "marie", GOOD, "");
        const Accounts__EndOtherSessionsReply *ended = fixture_get(f, marie, "EndOtherSessions", &others);
        assert_int_equal(ended->ended, 2);
        assert_int_equal(own_keys(f, marie)->n_keys, 1);
        assert_true(own_keys(f, marie)->keys[0]->is_current);
        (void)fixture_get(f, marie, "SignOut", &out);
        assert_int_equal(own_keys(f, marie)->n_keys, 0);
        (void)fixture_refused(f, marie, "SignOut", &out, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, newcomer(f, "paul", TYPES__ROLE__BUYER), "SignOut", &out,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED); /* by a token */
}

/* From where a session was opened is known as long as it is open. */
static void test_what_is_kept_of_a_browser(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        Accounts__EndOtherSessions others = ACCOUNTS__END_OTHER_SESSIONS__INIT;
        Accounts__Browser *elsewhere = browser_of(f, 'z', "203.0.113.0/24");
        (void)sign_in_with(f, "marie", GOOD, "", elsewhere);
        uint64_t number = engine_position(f->engine) - 2; /* KeyGiven; SignedIn and SignInNoted follow */
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct log_entry entry;
        assert_true(log_get(txn, number, &entry));
        assert_non_null(memmem(entry.sealed.data, entry.sealed.size, "203.0.113", 9));
        txn_end_read(txn);
        (void)fixture_get(f, marie, "EndOtherSessions", &others);
        txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_true(log_get(txn, number, &entry));
        assert_int_equal(entry.sealed.size, 0);
        txn_end_read(txn);
}

/* A session ends where it rests, sooner in roles that demand more; that it is used is told coarsely, six times within
 * that time at most. */
static void test_it_may_not_rest(void **state)
{
        struct fixture *f = *state;
        Accounts__NoteKeyUse use = ACCOUNTS__NOTE_KEY_USE__INIT;
        Wire__Passport *anne = with_password(f, "anne", TYPES__ROLE__FACILITATOR, GOOD);
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, GOOD);
        const Accounts__Event *given = fixture_event(f, engine_position(f->engine));
        assert_int_equal(given->body_case, ACCOUNTS__EVENT__BODY_KEY_GIVEN);
        assert_int_equal(given->key_given->idle_s, 240 * 60);
        assert_int_equal(own_keys(f, anne)->n_keys, 1);
        for (int minute = 0; minute < 120; minute++) {
                (void)fixture_get(f, anne, "NoteKeyUse", &use);
                f->world.now_ms_value += 60000;
        }
        size_t told = 0;
        for (uint64_t number = 1; number <= engine_position(f->engine); number++) {
                const Accounts__Event *event = fixture_event(f, number);
                told += event->body_case == ACCOUNTS__EVENT__BODY_KEY_USED;
        }
        assert_int_equal(told, 12);
        assert_int_equal(own_keys(f, anne)->n_keys, 1);
        assert_int_equal(own_keys(f, marie)->n_keys, 1);
        f->world.now_ms_value += 60 * 60000;
        assert_int_equal(own_keys(f, anne)->n_keys, 0);
        assert_int_equal(own_keys(f, marie)->n_keys, 1);
        f->world.now_ms_value += 61 * 60000;
        assert_int_equal(own_keys(f, marie)->n_keys, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_in_another_role, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_into_it_from_a_provider, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_into_a_role_that_demands_more, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_leaving, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_it_may_not_rest, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_kept_of_a_browser, setup_sign_in, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
