/* An account's ways in are taken away by who may vouch for it; a new token lets its holder in again. */
#include "tests/unit/services/accounts/sign_in/fixture.h"

static void test_who_lost_her_telephone(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *coordinator = coordinator_of(f);
        const Accounts__CreateUser *command = account_in(f, "marie", TYPES__ROLE__FACILITATOR, "31");
        Wire__Passport *marie = create_confirmed(f, coordinator, command);
        const char *secret;
        come_by(marie, own_keys(f, marie)->keys[0]->key_id);
        come_by(marie, set_password(f, marie, "", "un mot de passe")->key_id);
        (void)enrol(f, marie, &secret);
        Accounts__ResetSignIn reset = ACCOUNTS__RESET_SIGN_IN__INIT;
        reset.name = (char[]){"marie"};
        (void)fixture_refused(f, operator_of(f), "ResetSignIn", &reset, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, marie, "ResetSignIn", &reset, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, coordinator, "ResetSignIn", &reset);
        assert_int_equal(own_keys(f, marie)->n_keys, 0);
        assert_int_equal(sign_in(f, "marie", "un mot de passe", "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        Accounts__RenewToken renew = ACCOUNTS__RENEW_TOKEN__INIT;
        renew.name = (char[]){"marie"};
        (void)fixture_get(f, coordinator, "RenewToken", &renew);
        come_by(marie, own_keys(f, marie)->keys[0]->key_id);
        assert_true(set_password(f, marie, "", "le suivant")->must_enrol);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_int_equal(txn_count(txn, T_SIGN_IN), 1);
        txn_end_read(txn);
}

static void test_whose_account_it_is(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *coordinator = coordinator_of(f);
        Accounts__ResetSignIn reset = ACCOUNTS__RESET_SIGN_IN__INIT;
        Wire__Passport *elsewhere =
                create_confirmed(f, coordinator, account_in(f, "paul", TYPES__ROLE__FACILITATOR, "09"));
        (void)with_password(f, "acheteuse", TYPES__ROLE__BUYER, "un mot de passe");
        reset.name = (char[]){"acheteuse"};
        (void)fixture_refused(f, elsewhere, "ResetSignIn", &reset, TYPES__REFUSAL_CODE__NOT_FOUND);
        reset.name = (char[]){"personne"};
        (void)fixture_refused(f, elsewhere, "ResetSignIn", &reset, TYPES__REFUSAL_CODE__NOT_FOUND);
        reset.name = (char[]){"acheteuse"};
        (void)fixture_get(f, operator_of(f), "ResetSignIn", &reset); /* her role needs nobody's consent */
        assert_int_equal(sign_in(f, "acheteuse", "un mot de passe", "")->outcome,
                         ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_lost_her_telephone, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose_account_it_is, setup_sign_in, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
