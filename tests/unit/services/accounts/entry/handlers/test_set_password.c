/* A password: first and next, what it takes, and what it ends. */
#include "tests/unit/services/accounts/sign_in/fixture.h"

static void test_the_first_one_takes_the_tokens_place(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = newcomer(f, "marie", TYPES__ROLE__BUYER);
        const Accounts__SessionReply *reply = set_password(f, marie, "", "le premier");
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        const Accounts__OwnKeysReply *keys = own_keys(f, marie);
        assert_int_equal(keys->n_keys, 1);
        assert_int_equal(keys->keys[0]->kind, ACCOUNTS__KEY_KIND__KEY_SESSION);
        Accounts__SetPassword command = ACCOUNTS__SET_PASSWORD__INIT;
        command.account_id = marie->account;
        command.key_id = marie->key; /* the token's */
        command.proof = proof_of(f, "un autre");
        command.salt = pb_bytes(slice_of_text("sixteen bytes..."));
        command.passes = 2;
        command.memory_kib = 19456;
        (void)fixture_refused(f, at_the_door(f), "SetPassword", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        Wire__Passport *daemon = at_the_door(f);
        daemon->signer = arena_text(&f->arena, "notifications");
        (void)fixture_refused(f, daemon, "SetPassword", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_the_next_takes_the_one_before(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "le premier");
        (void)sign_in(f, "marie", "le premier", ""); /* elsewhere */
        assert_int_equal(own_keys(f, marie)->n_keys, 2);
        for (int i = 0; i < 6; i++)
                assert_int_equal(set_password(f, marie, "pas lui", "le second")->outcome,
                                 ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        assert_int_equal(set_password(f, marie, "le premier", "le second")->outcome,
                         ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT);
        f->world.now_ms_value += 1000;
        const Accounts__SessionReply *reply = set_password(f, marie, "le premier", "le second");
        assert_int_equal(reply->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
        const Accounts__OwnKeysReply *keys = own_keys(f, marie);
        assert_int_equal(keys->n_keys, 1); /* other sessions ended, and this one has another key */
        assert_true(id_equal(id_of(keys->keys[0]->key_id), id_of(reply->key_id)));
        assert_false(id_equal(id_of(reply->key_id), id_of(marie->key)));
        assert_int_equal(sign_in(f, "marie", "le premier", "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG);
        f->world.now_ms_value += 2000;
        assert_int_equal(sign_in(f, "marie", "le second", "")->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN);
}

/* A program does not set its holder's password; nor does anybody by another's key. */
static void test_by_ones_own_key_alone(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = newcomer(f, "marie", TYPES__ROLE__BUYER);
        Wire__Passport *paul = newcomer(f, "paul", TYPES__ROLE__BUYER);
        Accounts__MakeProgramKey make = ACCOUNTS__MAKE_PROGRAM_KEY__INIT;
        char *scopes[] = {(char[]){"*:write"}};
        make.label = (char[]){"tableau"};
        make.scopes = scopes;
        make.n_scopes = 1;
        const Accounts__TokenReply *program = fixture_get(f, marie, "MakeProgramKey", &make);
        Accounts__SetPassword command = ACCOUNTS__SET_PASSWORD__INIT;
        command.account_id = marie->account;
        command.key_id = program->key_id;
        command.proof = proof_of(f, "un autre");
        command.salt = pb_bytes(slice_of_text("sixteen bytes..."));
        command.passes = 2;
        command.memory_kib = 19456;
        (void)fixture_refused(f, at_the_door(f), "SetPassword", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command.key_id = paul->key;
        (void)fixture_refused(f, at_the_door(f), "SetPassword", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_first_one_takes_the_tokens_place, setup_sign_in,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_the_next_takes_the_one_before, setup_sign_in, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_ones_own_key_alone, setup_sign_in, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
