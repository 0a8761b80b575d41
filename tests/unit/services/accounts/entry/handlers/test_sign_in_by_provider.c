/* Who comes by a provider: let in by a binding alone, and asked for her own code where the provider has seen none. */
#include "tests/unit/services/accounts/sign_in/provider_fixture.h"

#include <liboath/oath.h>

#include "common/codec/scope.h"
#include "services/accounts/sign_in/factor.h"

static const uint8_t shared_key[32] = "a key of all accounts instances";

static int setup_with_key(void **state)
{
        if (setup(state) != 0)
                return -1;
        struct fixture *f = *state;
        f->shared_key = shared_key;
        fixture_reopen(f);
        return 0;
}

static void test_a_binding_lets_in(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        assert_int_equal(come(f, coming(f, "42"))->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN);
        (void)bind_to(f, marie, "42");
        const Accounts__SessionReply *reply = come(f, coming(f, "42"));
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_int_equal(strlen(reply->key), 43);
        assert_true(reply->ends->ms == FIXTURE_NOW_MS + INT64_C(12) * 3600000);
        assert_false(reply->must_enrol);
}

static void test_another_identity_does_not(void **state)
{
        struct fixture *f = *state;
        (void)bind_to(f, somebody(f, "marie", TYPES__ROLE__BUYER), "42");
        Accounts__SignInByProvider *other = coming(f, "42");
        other->identity->issuer = arena_text(&f->arena, ISSUER "/");
        assert_int_equal(come(f, other)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN);
        other = coming(f, "42");
        other->identity->identity_provider = arena_text(&f->arena, "ministry");
        assert_int_equal(come(f, other)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN);
        assert_int_equal(come(f, coming(f, "marie@example.fr"))->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN);
}

/* A role that demands a second factor: the provider's counts; else hers is set up first. */
static void test_a_role_that_demands_more(void **state)
{
        struct fixture *f = *state;
        (void)bind_to(f, somebody(f, "olga", TYPES__ROLE__OPERATOR), "42");
        const Accounts__SessionReply *reply = come(f, coming(f, "42"));
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_true(reply->must_enrol);
        Accounts__SignInByProvider *shown = coming(f, "42");
        shown->second_factor_shown = true;
        assert_false(come(f, shown)->must_enrol);
}

static uint64_t drawn_at;

/* What her telephone shows: another code each time. */
static char *code_of(struct fixture *f, const char *secret)
{
        char *bytes = NULL, *code = arena_zalloc(&f->arena, 8);
        size_t size = 0;
        f->world.now_ms_value += FACTOR_STEP_S * 1000;
        drawn_at = (uint64_t)f->world.now_ms_value / 1000;
        assert_int_equal(oath_base32_decode(secret, strlen(secret), &bytes, &size), OATH_OK);
        assert_int_equal(oath_totp_generate(bytes, size, (time_t)drawn_at, FACTOR_STEP_S, 0, 6, code), OATH_OK);
        free(bytes);
        return code;
}

static void test_her_own_code(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        Accounts__BeginSecondFactor begin = ACCOUNTS__BEGIN_SECOND_FACTOR__INIT;
        Accounts__ConfirmSecondFactor confirm = ACCOUNTS__CONFIRM_SECOND_FACTOR__INIT;
        (void)bind_to(f, marie, "42");
        const Accounts__BeginSecondFactorReply *begun = fixture_get(f, marie, "BeginSecondFactor", &begin);
        confirm.code = code_of(f, begun->secret);
        (void)fixture_get(f, marie, "ConfirmSecondFactor", &confirm);

        Accounts__SignInByProvider *command = coming(f, "42");
        const Accounts__SessionReply *reply = come(f, command);
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_CODE);
        assert_string_equal(reply->key, "");
        command->code = arena_text(&f->arena, "000000");
        assert_int_equal(come(f, command)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        command->code = code_of(f, begun->secret);
        assert_int_equal(come(f, command)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_int_equal(come(f, command)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG); /* the code is used up */

        Accounts__SignInByProvider *shown = coming(f, "42"); /* the provider has seen one */
        shown->second_factor_shown = true;
        assert_int_equal(come(f, shown)->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
}

static void test_codes_are_not_guessed(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        Accounts__BeginSecondFactor begin = ACCOUNTS__BEGIN_SECOND_FACTOR__INIT;
        Accounts__ConfirmSecondFactor confirm = ACCOUNTS__CONFIRM_SECOND_FACTOR__INIT;
        (void)bind_to(f, marie, "42");
        const Accounts__BeginSecondFactorReply *begun = fixture_get(f, marie, "BeginSecondFactor", &begin);
        confirm.code = code_of(f, begun->secret);
        (void)fixture_get(f, marie, "ConfirmSecondFactor", &confirm);
        Accounts__SignInByProvider *command = coming(f, "42");
        command->code = arena_text(&f->arena, "000000");
        unsigned wrong = 0;
        while (wrong < 20 && come(f, command)->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG)
                wrong++;
        assert_in_range(wrong, 5, 8);
        const Accounts__SessionReply *reply = come(f, command);
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT);
        assert_true(reply->wait_s > 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_binding_lets_in, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_another_identity_does_not, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_role_that_demands_more, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_her_own_code, setup_with_key, fixture_close),
                cmocka_unit_test_setup_teardown(test_codes_are_not_guessed, setup_with_key, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
