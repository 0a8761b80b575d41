/* Identities of providers: bound by a gateway for who is signed in, to one account each, and ended by their holder. */
#include "tests/unit/services/accounts/sign_in/provider_fixture.h"

#include "services/accounts/sign_in/binding_rows.h"

static void test_bound_listed_and_ended(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        const Wire__Passport *paul = somebody(f, "paul", TYPES__ROLE__BUYER);
        const Accounts__BindProviderReply *bound = bind_to(f, marie, "42");
        const Accounts__OwnProviderBindingsReply *own = bindings_of(f, marie);
        assert_int_equal(own->n_bindings, 1);
        assert_string_equal(own->bindings[0]->label, "ProConnect");
        assert_string_equal(own->bindings[0]->mail, "marie@example.fr");
        assert_true(own->bindings[0]->bound_at->ms == FIXTURE_NOW_MS);
        assert_int_equal(bindings_of(f, paul)->n_bindings, 0);

        uint64_t before = engine_position(f->engine);
        assert_true(id_equal(id_of(bind_to(f, marie, "42")->binding_id), id_of(bound->binding_id)));
        assert_int_equal(engine_position(f->engine), before); /* nothing new */

        Accounts__EndProviderBinding end = ACCOUNTS__END_PROVIDER_BINDING__INIT;
        end.binding_id = bound->binding_id;
        (void)fixture_refused(f, paul, "EndProviderBinding", &end, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(f, marie, "EndProviderBinding", &end);
        (void)fixture_refused(f, marie, "EndProviderBinding", &end, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_int_equal(bindings_of(f, marie)->n_bindings, 0);
        (void)bind_to(f, paul, "42"); /* it is free again */
}

static void test_of_one_account(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        const Wire__Passport *paul = somebody(f, "paul", TYPES__ROLE__BUYER);
        (void)bind_to(f, marie, "42");
        (void)fixture_refused(f, gateway_of(f), "BindProvider", binding_for(f, paul, "42"),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        Accounts__BindProvider *other = binding_for(f, paul, "42");
        other->identity->identity_provider = arena_text(&f->arena, "ministry"); /* another person */
        (void)fixture_get(f, gateway_of(f), "BindProvider", other);
}

static void test_who_may_not(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        const Wire__Passport *paul = somebody(f, "paul", TYPES__ROLE__BUYER);
        Wire__Passport *daemon = gateway_of(f);
        daemon->signer = arena_text(&f->arena, "tracking-1");
        (void)fixture_refused(f, marie, "BindProvider", binding_for(f, marie, "42"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, daemon, "BindProvider", binding_for(f, marie, "42"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, daemon, "SignInByProvider", coming(f, "42"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, marie, "SignInByProvider", coming(f, "42"), TYPES__REFUSAL_CODE__NOT_ALLOWED);

        Accounts__BindProvider *command = binding_for(f, marie, "42"); /* another's key */
        command->key_id = paul->key;
        (void)fixture_refused(f, gateway_of(f), "BindProvider", command, TYPES__REFUSAL_CODE__NOT_FOUND);

        Accounts__MakeProgramKey make = ACCOUNTS__MAKE_PROGRAM_KEY__INIT; /* a program's */
        char *scope = arena_text(&f->arena, "*:read");
        make.label = arena_text(&f->arena, "programme");
        make.scopes = &scope;
        make.n_scopes = 1;
        const Accounts__TokenReply *made = fixture_get(f, marie, "MakeProgramKey", &make);
        command->key_id = made->key_id;
        (void)fixture_refused(f, gateway_of(f), "BindProvider", command, TYPES__REFUSAL_CODE__NOT_FOUND);

        f->world.now_ms_value += INT64_C(101) * 86400000; /* her token has ended */
        (void)fixture_refused(f, gateway_of(f), "BindProvider", binding_for(f, marie, "42"),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_so_many(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        for (int i = 0; i < BINDINGS_MAX; i++)
                (void)bind_to(f, marie, arena_printf(&f->arena, "%d", i));
        (void)fixture_refused(f, gateway_of(f), "BindProvider", binding_for(f, marie, "one more"),
                              TYPES__REFUSAL_CODE__TOO_LARGE);
        assert_int_equal(bindings_of(f, marie)->n_bindings, BINDINGS_MAX);
}

/* Nothing of the identity is in what is published. */
static void test_what_is_told(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        (void)bind_to(f, marie, "subject-4242");
        struct slice told = engine_events_after(f->engine, 0, 0, &f->arena);
        assert_null(memmem(told.data, told.size, "subject-4242", 12));
        assert_null(memmem(told.data, told.size, "marie@example.fr", 16));
        assert_null(memmem(told.data, told.size, "connect.example.fr", 18));
        const Accounts__Event *event = fixture_event(f, engine_position(f->engine));
        assert_int_equal(event->body_case, ACCOUNTS__EVENT__BODY_PROVIDER_BOUND);
}

/* A closed account, and one whose access is reset, open by no identity. */
static void test_gone_with_the_account(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie", TYPES__ROLE__BUYER);
        const Wire__Passport *paul = somebody(f, "paul", TYPES__ROLE__BUYER);
        Accounts__ResetSignIn reset = ACCOUNTS__RESET_SIGN_IN__INIT;
        (void)bind_to(f, marie, "42");
        (void)bind_to(f, paul, "43");
        revoke_user(f, "marie");
        assert_int_equal(come(f, coming(f, "42"))->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN);
        reset.name = arena_text(&f->arena, "paul");
        (void)fixture_get(f, operator_of(f), "ResetSignIn", &reset);
        assert_int_equal(come(f, coming(f, "43"))->outcome, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN);
        assert_int_equal(bindings_of(f, paul)->n_bindings, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_bound_listed_and_ended, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_one_account, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may_not, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_so_many, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_gone_with_the_account, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
