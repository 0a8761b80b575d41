/* provider_fixture.h: a gateway that tells whom a provider vouches for. */
#ifndef TESTS_UNIT_SERVICES_ACCOUNTS_SIGN_IN_PROVIDER_FIXTURE_H
#define TESTS_UNIT_SERVICES_ACCOUNTS_SIGN_IN_PROVIDER_FIXTURE_H

#include "tests/unit/services/accounts/fixture.h"

#include "accounts/providers.pb-c.h"

#define ISSUER "https://connect.example.fr"

static inline Wire__Passport *gateway_of(struct fixture *f)
{
        Wire__Passport *actor = fixture_actor(f, TYPES__ROLE__SERVICE, NULL, "*");
        actor->signer = arena_text(&f->arena, "gateway");
        actor->user = actor->signer;
        return actor;
}

static inline Accounts__ProviderIdentity *identity(struct fixture *f, const char *subject)
{
        Accounts__ProviderIdentity *identity = pb_new(&accounts__provider_identity__descriptor, &f->arena);
        identity->issuer = arena_text(&f->arena, ISSUER);
        identity->subject = arena_text(&f->arena, subject);
        return identity;
}

static inline Accounts__SignInByProvider *coming(struct fixture *f, const char *subject)
{
        Accounts__SignInByProvider *command = pb_new(&accounts__sign_in_by_provider__descriptor, &f->arena);
        command->identity = identity(f, subject);
        return command;
}

static inline const Accounts__SessionReply *come(struct fixture *f, const Accounts__SignInByProvider *command)
{
        return fixture_get(f, gateway_of(f), "SignInByProvider", command);
}

/* An account of that role, who has come with a key that the gateway saw. */
static inline Wire__Passport *somebody(struct fixture *f, const char *name, Types__Role role)
{
        Accounts__OwnKeysRequest query = ACCOUNTS__OWN_KEYS_REQUEST__INIT;
        const Accounts__CreateUser *command = account_in(f, name, role, "31");
        const Accounts__CreateUserReply *reply = create(f, command);
        Wire__Passport *actor = signed_in(f, command, reply->user_id, reply->membership_id);
        const Accounts__OwnKeysReply *keys = fixture_get(f, actor, "OwnKeys", &query);
        assert_int_equal(keys->n_keys, 1);
        actor->key = id_to(&f->arena, id_of(keys->keys[0]->key_id));
        return actor;
}

static inline Accounts__BindProvider *binding_for(struct fixture *f, const Wire__Passport *who, const char *subject)
{
        Accounts__BindProvider *command = pb_new(&accounts__bind_provider__descriptor, &f->arena);
        command->account_id = who->account;
        command->key_id = who->key;
        command->identity = identity(f, subject);
        command->label = arena_text(&f->arena, "ProConnect");
        command->mail = arena_text(&f->arena, "marie@example.fr");
        return command;
}

static inline const Accounts__BindProviderReply *bind_to(struct fixture *f, const Wire__Passport *who,
                                                         const char *subject)
{
        return fixture_get(f, gateway_of(f), "BindProvider", binding_for(f, who, subject));
}

static inline const Accounts__OwnProviderBindingsReply *bindings_of(struct fixture *f, const Wire__Passport *who)
{
        Accounts__OwnProviderBindingsRequest query = ACCOUNTS__OWN_PROVIDER_BINDINGS_REQUEST__INIT;
        return fixture_get(f, who, "OwnProviderBindings", &query);
}

#endif
