/* Keys of programs: made by who is signed in, told once, listed without their text, ended; never by a tool. */
#include "tests/unit/services/accounts/fixture.h"

#include "services/accounts/keys/give.h"
#include "services/accounts/keys/keys_rows.h"

static Accounts__MakeProgramKey *wanted(struct fixture *f, const char *scope)
{
        Accounts__MakeProgramKey *command = pb_new(&accounts__make_program_key__descriptor, &f->arena);
        command->label = arena_text(&f->arena, "tableau de bord");
        command->scopes = arena_alloc(&f->arena, sizeof(char *));
        command->scopes[0] = arena_text(&f->arena, scope);
        command->n_scopes = 1;
        return command;
}

static const Accounts__OwnKeysReply *keys_of(struct fixture *f, const Wire__Passport *actor)
{
        Accounts__OwnKeysRequest query = ACCOUNTS__OWN_KEYS_REQUEST__INIT;
        return fixture_get(f, actor, "OwnKeys", &query);
}

static Wire__Passport *buyer(struct fixture *f, const char *name)
{
        const Accounts__CreateUser *command = account_in(f, name, TYPES__ROLE__BUYER, "31");
        const Accounts__CreateUserReply *reply = create(f, command);
        return signed_in(f, command, reply->user_id, reply->membership_id);
}

static void test_made_listed_and_ended(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = buyer(f, "marie"), *paul = buyer(f, "paul");
        const Accounts__TokenReply *made = fixture_get(f, marie, "MakeProgramKey", wanted(f, "contracts:read"));
        assert_int_equal(strlen(made->token), 43);
        assert_true(made->token_ends->ms == FIXTURE_NOW_MS + INT64_C(90) * 86400000);

        const Accounts__OwnKeysReply *keys = keys_of(f, marie);
        assert_int_equal(keys->n_keys, 2); /* and her token */
        assert_string_equal(keys->keys[0]->label, "tableau de bord");
        assert_string_equal(keys->keys[0]->scopes[0], "contracts:read");
        assert_int_equal(keys_of(f, paul)->n_keys, 1);

        Accounts__EndKey end = ACCOUNTS__END_KEY__INIT;
        end.key_id = made->key_id;
        (void)fixture_refused(f, paul, "EndKey", &end, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(f, marie, "EndKey", &end);
        (void)fixture_refused(f, marie, "EndKey", &end, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_int_equal(keys_of(f, marie)->n_keys, 1);
}

static void test_what_is_no_scope_and_who_is_no_account(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = buyer(f, "marie");
        Wire__Passport *tool = fixture_actor(f, TYPES__ROLE__BUYER, NULL, "31");
        tool->account = marie->account; /* as it likes */
        tool->membership = marie->membership;
        tool->signer = arena_text(&f->arena, "ctl");
        (void)fixture_refused(f, marie, "MakeProgramKey", wanted(f, "accounts:write"),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, tool, "MakeProgramKey", wanted(f, "*:read"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Once a day, whichever gateway tells it; of the key that the caller came with, and of no tool's. */
static void test_its_last_day_is_noted(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = buyer(f, "marie");
        Accounts__NoteKeyUse use = ACCOUNTS__NOTE_KEY_USE__INIT;
        assert_null(keys_of(f, marie)->keys[0]->used_on);
        marie->key = keys_of(f, marie)->keys[0]->key_id;
        (void)fixture_get(f, marie, "NoteKeyUse", &use);
        uint64_t position = engine_position(f->engine);
        assert_int_equal(keys_of(f, marie)->keys[0]->used_on->days, 20744); /* 2026-10-18 */
        (void)fixture_get(f, marie, "NoteKeyUse", &use);
        assert_int_equal(engine_position(f->engine), position);
        f->world.now_ms_value += INT64_C(86400000);
        (void)fixture_get(f, marie, "NoteKeyUse", &use);
        assert_int_equal(keys_of(f, marie)->keys[0]->used_on->days, 20745);
        marie->signer = arena_text(&f->arena, "ctl");
        (void)fixture_refused(f, marie, "NoteKeyUse", &use, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* As many as there may be; those that have expired make room, and their rows go. */
static void test_no_more_than_so_many(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = buyer(f, "marie");
        for (int i = 1; i < KEYS_MAX; i++)
                (void)fixture_get(f, marie, "MakeProgramKey", wanted(f, "*:read"));
        (void)fixture_refused(f, marie, "MakeProgramKey", wanted(f, "*:read"), TYPES__REFUSAL_CODE__TOO_LARGE);
        f->world.now_ms_value += INT64_C(91) * 86400000;
        assert_int_equal(keys_of(f, marie)->n_keys, 1);
        (void)fixture_get(f, marie, "MakeProgramKey", wanted(f, "*:read"));
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_int_equal(txn_count(txn, T_KEY), 2);
        assert_int_equal(txn_count(txn, T_KEY_BY_HASH), 2);
        txn_end_read(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_made_listed_and_ended, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_no_scope_and_who_is_no_account, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_its_last_day_is_noted, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_more_than_so_many, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
