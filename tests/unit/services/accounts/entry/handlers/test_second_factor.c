/* Second factors: begun, confirmed, replaced, taken away; and that guesses count. */
#include "tests/unit/services/accounts/sign_in/fixture.h"

#include "services/accounts/sign_in/tries.h"

static void test_begun_and_confirmed(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "un mot de passe");
        Accounts__ConfirmSecondFactor confirm = ACCOUNTS__CONFIRM_SECOND_FACTOR__INIT;
        confirm.code = (char[]){"123456"};
        (void)fixture_refused(f, marie, "ConfirmSecondFactor", &confirm, TYPES__REFUSAL_CODE__WRONG_STATE);
        const Accounts__BeginSecondFactorReply *begun = begin_factor(f, marie, "");
        assert_int_equal(strlen(begun->secret), 32);
        assert_non_null(strstr(begun->address, begun->secret));
        assert_non_null(strstr(begun->address, "otpauth://totp/Guichet:marie?"));
        (void)fixture_refused(f, marie, "ConfirmSecondFactor", &confirm, TYPES__REFUSAL_CODE__INVALID_FIELD);
        /* not asked for until then */
        assert_int_equal(sign_in(f, "marie", "un mot de passe", "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        confirm.code = (char *)(uintptr_t)code_of(f, begun->secret);
        const Types__Id *before = marie->key;
        const Accounts__SessionReply *reply = fixture_get(f, marie, "ConfirmSecondFactor", &confirm);
        assert_int_equal(strlen(reply->key), 43);
        assert_false(id_equal(id_of(reply->key_id), id_of(before)));
        assert_int_equal(strlen(reply->recovery_codes[0]), 16);
        assert_string_not_equal(reply->recovery_codes[0], reply->recovery_codes[1]);
}

/* By a code of the one that stands; failures count as at the door. */
static void test_replaced_and_taken_away(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "un mot de passe");
        const char *secret;
        (void)enrol(f, marie, &secret);
        for (int i = 0; i <= TRIES_OF_A_NAME; i++)
                assert_int_equal(begin_factor(f, marie, "000000")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        const Accounts__BeginSecondFactorReply *late = begin_factor(f, marie, code_of(f, secret));
        assert_int_equal(late->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT);
        assert_string_equal(late->secret, "");
        f->world.now_ms_value += 60000;
        const Accounts__BeginSecondFactorReply *next = begin_factor(f, marie, code_of(f, secret));
        assert_int_equal(next->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_string_not_equal(next->secret, secret);

        Accounts__EndSecondFactor end = ACCOUNTS__END_SECOND_FACTOR__INIT;
        end.code = (char[]){"000000"};
        f->world.now_ms_value += 60000;
        const Accounts__SessionReply *reply = fixture_get(f, marie, "EndSecondFactor", &end);
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        f->world.now_ms_value += 60000;
        end.code = (char *)(uintptr_t)code_of(f, secret);
        reply = fixture_get(f, marie, "EndSecondFactor", &end);
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        assert_int_equal(sign_in(f, "marie", "un mot de passe", "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        (void)fixture_refused(f, marie, "EndSecondFactor", &end, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_a_role_that_demands_it_keeps_it(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__FACILITATOR, "un mot de passe");
        const char *secret;
        Accounts__EndSecondFactor end = ACCOUNTS__END_SECOND_FACTOR__INIT;
        (void)enrol(f, marie, &secret);
        end.code = (char *)(uintptr_t)code_of(f, secret);
        (void)fixture_refused(f, marie, "EndSecondFactor", &end, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Where the network has no key to seal it with, and by a tool. */
static void test_not_without_a_key(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = newcomer(f, "marie", TYPES__ROLE__BUYER);
        Accounts__BeginSecondFactor begin = ACCOUNTS__BEGIN_SECOND_FACTOR__INIT;
        (void)fixture_refused(f, operator_of(f), "BeginSecondFactor", &begin, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        f->shared_key = NULL;
        fixture_reopen(f);
        (void)fixture_refused(f, marie, "BeginSecondFactor", &begin, TYPES__REFUSAL_CODE__UNAVAILABLE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_begun_and_confirmed, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_replaced_and_taken_away, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_role_that_demands_it_keeps_it, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_without_a_key, setup_sign_in, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
