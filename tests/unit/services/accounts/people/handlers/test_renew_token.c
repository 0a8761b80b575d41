/* RenewToken: a lost token is replaced by who could have consented to it, or by its holder; never by an operator. */
#include "tests/unit/services/accounts/fixture.h"

static const char *renewed(struct fixture *f, const Wire__Passport *actor, const char *name)
{
        Accounts__RenewToken command = ACCOUNTS__RENEW_TOKEN__INIT;
        command.name = arena_text(&f->arena, name);
        const Accounts__TokenReply *reply = fixture_get(f, actor, "RenewToken", &command);
        assert_int_equal(strlen(reply->token), 43);
        return reply->token;
}

static void not_renewed(struct fixture *f, const Wire__Passport *actor, const char *name, Types__RefusalCode code)
{
        Accounts__RenewToken command = ACCOUNTS__RENEW_TOKEN__INIT;
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
        Accounts__ConfirmUser *command = named(f, "marie");
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

/* --- an answer that is lost -------------------------------------------------------------------------------------- */

static struct engine_answer ask_by_key(struct fixture *f, const Wire__Passport *actor, const char *method,
                                       const void *request, const struct id *key)
{
        struct engine_answer answer = {0};
        assert_int_equal(engine_call(f->engine, actor, method, request, key, &f->arena, &answer), 0);
        return answer;
}

static bool store_holds(const struct fixture *f, const char *text)
{
        char command[256];
        (void)snprintf(command, sizeof(command), "grep -aqF -e '%s' '%s/data.mdb'", text, f->directory);
        return system(command) == 0;
}

/* Whoever asks: the token that was given, and no second one; also by another process of the same instance. */
static void asked_again(struct fixture *f, const Wire__Passport *actor, const char *method, const void *request)
{
        struct id key = id_new(&f->world, f->world.now_ms_value++, 0);
        struct engine_answer first = ask_by_key(f, actor, method, request, &key);
        assert_non_null(first.body);
        uint64_t position = engine_position(f->engine);
        fixture_reopen(f);
        struct engine_answer again = ask_by_key(f, actor, method, request, &key);
        assert_true(again.repeated_key);
        assert_non_null(again.body);
        assert_true(slice_equal(pb_encode(again.body, &f->arena), pb_encode(first.body, &f->arena)));
        assert_int_equal(engine_position(f->engine), position);
        assert_int_equal(again.position, first.position);
}

static void test_a_lost_answer_is_given_again(void **state)
{
        struct fixture *f = *state;
        static const uint8_t secret[32] = {5}, other_secret[32] = {6};
        f->own_secret = secret;
        fixture_reopen(f);
        const Wire__Passport *coordinator = coordinator_of(f);
        asked_again(f, operator_of(f), "CreateUser", account_in(f, "acheteuse", TYPES__ROLE__BUYER, "31"));
        (void)create(f, account(f, "marie"));
        asked_again(f, coordinator, "ConfirmUser", named(f, "marie"));
        Accounts__RenewToken renew = ACCOUNTS__RENEW_TOKEN__INIT;
        renew.name = arena_text(&f->arena, "marie");
        asked_again(f, coordinator, "RenewToken", &renew);

        struct id key = id_new(&f->world, f->world.now_ms_value, 0);
        const Accounts__TokenReply *told = (const void *)ask_by_key(f, coordinator, "RenewToken", &renew, &key).body;
        assert_true(store_holds(f, "acheteuse"));
        assert_false(store_holds(f, told->token)); /* who has the store has no token */
        f->own_secret = other_secret;              /* keys made anew: it cannot be told again, and is not done again */
        fixture_reopen(f);
        uint64_t position = engine_position(f->engine);
        struct engine_answer again = ask_by_key(f, coordinator, "RenewToken", &renew, &key);
        assert_null(again.body);
        assert_int_equal(again.refusal->code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(engine_position(f->engine), position);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_its_holder_and_by_who_may_consent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_token_before_opens_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_role_that_needs_no_consent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_awaits_consent_has_none, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_lost_answer_is_given_again, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
