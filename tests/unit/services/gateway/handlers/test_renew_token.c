/* RenewToken: a lost token is replaced by who could have consented to it, or by its holder; never by an operator. */
#include "tests/unit/services/gateway/fixture.h"

static const char *renewed(struct fixture *f, const Wire__Passport *actor, const char *name)
{
        Gateway__RenewToken command = GATEWAY__RENEW_TOKEN__INIT;
        command.name = arena_text(&f->arena, name);
        const Gateway__TokenReply *reply = fixture_get(f, actor, "RenewToken", &command);
        assert_int_equal(strlen(reply->token), 43);
        return reply->token;
}

static void not_renewed(struct fixture *f, const Wire__Passport *actor, const char *name, Types__RefusalCode code)
{
        Gateway__RenewToken command = GATEWAY__RENEW_TOKEN__INIT;
        command.name = arena_text(&f->arena, name);
        (void)fixture_refused(f, actor, "RenewToken", &command, code);
}

static void test_by_its_holder_and_by_who_may_consent(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        const Wire__Passport *marie = create_confirmed(f, coordinator, account(f, "marie"));
        const char *first = renewed(f, marie, "marie");
        assert_string_not_equal(first, renewed(f, coordinator, "marie"));
        not_renewed(f, operator_of(f), "marie", TYPES__REFUSAL_CODE__NOT_ALLOWED);
        not_renewed(f, marie, "coordination", TYPES__REFUSAL_CODE__NOT_FOUND);
        const Wire__Passport *other =
                create_confirmed(f, coordinator, account_in(f, "loin", TYPES__ROLE__FACILITATOR, "81"));
        not_renewed(f, other, "marie", TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_the_token_before_opens_nothing(void **state)
{
        struct fixture *f = *state;
        const char *before = create(f, account_in(f, "coordination", TYPES__ROLE__COORDINATOR, "*"))->token;
        Gateway__ConfirmUser *command = named(f, "marie");
        (void)create(f, account(f, "marie"));
        const char *after = renewed(f, operator_of(f), "coordination"); /* the first, who consented to nobody yet */
        command->consent_token = arena_text(&f->arena, before);
        (void)fixture_refused(f, operator_of(f), "ConfirmUser", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->consent_token = arena_text(&f->arena, after);
        (void)fixture_get(f, operator_of(f), "ConfirmUser", command);
        not_renewed(f, operator_of(f), "coordination", TYPES__REFUSAL_CODE__NOT_ALLOWED); /* now she is somebody */
}

static void test_of_a_role_that_needs_no_consent(void **state)
{
        struct fixture *f = *state;
        (void)create(f, account_in(f, "acheteuse", TYPES__ROLE__BUYER, "31"));
        (void)renewed(f, operator_of(f), "acheteuse");
        revoke_user(f, "acheteuse");
        not_renewed(f, operator_of(f), "acheteuse", TYPES__REFUSAL_CODE__WRONG_STATE);
        not_renewed(f, operator_of(f), "personne", TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_what_awaits_consent_has_none(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        (void)create(f, account(f, "marie"));
        not_renewed(f, coordinator, "marie", TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_its_holder_and_by_who_may_consent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_token_before_opens_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_role_that_needs_no_consent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_awaits_consent_has_none, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
