/* ConfirmUser: who may vouch for whom, and for nobody else. */
#include "tests/unit/services/accounts/fixture.h"

static void refused(struct fixture *f, const Wire__Passport *actor, const char *name, Types__RefusalCode code)
{
        (void)fixture_refused(f, actor, "ConfirmUser", named(f, name), code);
}

static void test_a_coordinator_consents(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        (void)create(f, account(f, "marie"));
        const Accounts__TokenReply *reply = fixture_get(f, coordinator, "ConfirmUser", named(f, "marie"));
        assert_int_equal(strlen(reply->token), 43);
        assert_true(reply->token_ends->ms == FIXTURE_NOW_MS + INT64_C(100) * 86400000);

        const Accounts__UserView *view = all_users(f)->users[0];
        assert_string_equal(view->name, "marie");
        assert_false(view->awaits_consent);
        assert_string_equal(view->confirmed_by_name, "coordination");
        assert_true(id_equal(id_of(view->confirmed_by), id_of(coordinator->account)));
        refused(f, coordinator, "marie", TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* A tool's signature states any role and any account: it vouches for nobody. */
static void test_a_tool_consents_to_nothing(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        Wire__Passport *forged = fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*");
        (void)create(f, account(f, "marie"));
        refused(f, operator_of(f), "marie", TYPES__REFUSAL_CODE__NOT_ALLOWED);
        forged->account = coordinator->account;
        forged->signer = arena_text(&f->arena, "ctl");
        refused(f, forged, "marie", TYPES__REFUSAL_CODE__NOT_ALLOWED);
        forged->signer = coordinator->signer; /* signed here, but for an account that is not there */
        forged->account = id_to(&f->arena, passport_tool_account("ctl", "guichetctl"));
        refused(f, forged, "marie", TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* …but it may carry the token of who consents. */
static void test_a_tool_carries_the_token_of_who_consents(void **state)
{
        struct fixture *f = *state;
        const char *token = create(f, account_in(f, "coordination", TYPES__ROLE__COORDINATOR, "*"))->token;
        const char *buyer = create(f, account_in(f, "acheteuse", TYPES__ROLE__BUYER, "*"))->token;
        Accounts__ConfirmUser *command = named(f, "marie");
        (void)create(f, account(f, "marie"));
        command->consent_token = arena_text(&f->arena, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        (void)fixture_refused(f, operator_of(f), "ConfirmUser", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->consent_token = arena_text(&f->arena, buyer);
        (void)fixture_refused(f, operator_of(f), "ConfirmUser", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->consent_token = arena_text(&f->arena, token);
        f->world.now_ms_value += INT64_C(100) * 86400000; /* it has ended */
        (void)fixture_refused(f, operator_of(f), "ConfirmUser", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        f->world.now_ms_value -= 1;
        (void)fixture_get(f, operator_of(f), "ConfirmUser", command);
}

static void test_a_facilitator_vouches_within_her_territory(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        const Wire__Passport *marie = create_confirmed(f, coordinator, account(f, "marie"));
        (void)create_confirmed(f, marie, account_in(f, "mission", TYPES__ROLE__PRESCRIBER, "31"));
        (void)create_confirmed(f, marie, account(f, "paul"));
        (void)create(f, account_in(f, "ailleurs", TYPES__ROLE__PRESCRIBER, "81"));
        refused(f, marie, "ailleurs", TYPES__REFUSAL_CODE__NOT_FOUND); /* nor does she learn that it is there */
        (void)create(f, account_in(f, "partout", TYPES__ROLE__STRUCTURE, "*"));
        refused(f, marie, "partout", TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)create(f, account_in(f, "audit", TYPES__ROLE__AUDITOR, "31"));
        refused(f, marie, "audit", TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)create(f, account_in(f, "seconde", TYPES__ROLE__COORDINATOR, "31"));
        refused(f, marie, "seconde", TYPES__REFUSAL_CODE__NOT_FOUND);
        refused(f, marie, "personne", TYPES__REFUSAL_CODE__NOT_FOUND);
        revoke_user(f, "marie"); /* her passport may still be good for its minutes */
        (void)create(f, account(f, "zoe"));
        refused(f, marie, "zoe", TYPES__REFUSAL_CODE__NOT_FOUND);
        refused(f, coordinator, "marie", TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_coordinator_consents, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_tool_consents_to_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_tool_carries_the_token_of_who_consents, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_facilitator_vouches_within_her_territory, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
