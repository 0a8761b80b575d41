/* fixture.h: people who sign in at a gateway, with passwords and telephones. */
#ifndef TESTS_UNIT_SERVICES_ACCOUNTS_SIGN_IN_FIXTURE_H
#define TESTS_UNIT_SERVICES_ACCOUNTS_SIGN_IN_FIXTURE_H

#include "tests/unit/services/accounts/fixture.h"

#include <liboath/oath.h>
#include <sodium.h>

#include "accounts/sign_in.pb-c.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/sign_in/sign_in_rows.h"

static inline int setup_sign_in(void **state)
{
        static const uint8_t key[SHARED_KEY_SIZE] = "the key of second factors, here";
        assert_int_equal(setup(state), 0);
        struct fixture *f = *state;
        f->shared_key = key;
        fixture_reopen(f);
        return 0;
}

/* The gateway, which asks for somebody whom nobody knows yet. */
static inline Wire__Passport *at_the_door(struct fixture *f)
{
        Wire__Passport *actor = fixture_actor(f, TYPES__ROLE__SERVICE, NULL, "*");
        actor->signer = arena_text(&f->arena, "gateway");
        return actor;
}

static inline ProtobufCBinaryData proof_of(struct fixture *f, const char *password)
{
        uint8_t *proof = arena_zalloc(&f->arena, 32);
        memcpy(proof, password, strlen(password));
        return pb_bytes(slice_of(proof, 32));
}

static inline Accounts__Browser *browser_of(struct fixture *f, char mark, const char *place)
{
        Accounts__Browser *browser = pb_new(&accounts__browser__descriptor, &f->arena);
        uint8_t *bytes = arena_alloc(&f->arena, 32);
        memset(bytes, mark, 32);
        browser->name = arena_text(&f->arena, "Firefox, Linux");
        browser->place = arena_text(&f->arena, place);
        browser->mark = pb_bytes(slice_of(bytes, 32));
        return browser;
}

static inline const Accounts__SessionReply *sign_in_with(struct fixture *f, const char *name, const char *password,
                                                         const char *code, Accounts__Browser *browser)
{
        Accounts__SignIn command = ACCOUNTS__SIGN_IN__INIT;
        command.name = arena_text(&f->arena, name);
        command.proof = proof_of(f, password);
        command.code = arena_text(&f->arena, code);
        command.browser = browser;
        return fixture_get(f, at_the_door(f), "SignIn", &command);
}

static inline const Accounts__SessionReply *sign_in(struct fixture *f, const char *name, const char *password,
                                                    const char *code)
{
        return sign_in_with(f, name, password, code, browser_of(f, 'a', "192.0.2.0/24"));
}

/* The actor comes by that key from now on. */
static inline void come_by(Wire__Passport *actor, const Types__Id *key)
{
        actor->key = (Types__Id *)(uintptr_t)key;
}

static inline const Accounts__SessionReply *set_password(struct fixture *f, const Wire__Passport *actor,
                                                         const char *now, const char *wanted)
{
        Accounts__SetPassword command = ACCOUNTS__SET_PASSWORD__INIT;
        command.account_id = actor->account;
        command.key_id = actor->key;
        if (now[0] != '\0')
                command.proof_now = proof_of(f, now);
        command.proof = proof_of(f, wanted);
        command.salt = pb_bytes(slice_of_text(arena_text(&f->arena, "sixteen bytes...")));
        command.passes = 2;
        command.memory_kib = 19456;
        command.browser = browser_of(f, 'a', "192.0.2.0/24");
        return fixture_get(f, at_the_door(f), "SetPassword", &command);
}

static inline const Accounts__OwnKeysReply *own_keys(struct fixture *f, const Wire__Passport *actor)
{
        Accounts__OwnKeysRequest query = ACCOUNTS__OWN_KEYS_REQUEST__INIT;
        return fixture_get(f, actor, "OwnKeys", &query);
}

/* An account of that role, come by its token. */
static inline Wire__Passport *newcomer(struct fixture *f, const char *name, Types__Role role)
{
        const Accounts__CreateUser *command = account_in(f, name, role, "31");
        const Accounts__CreateUserReply *reply = create(f, command);
        Wire__Passport *actor = signed_in(f, command, reply->user_id, reply->membership_id);
        if (reply->token[0] == '\0')
                (void)fixture_get(f, coordinator_of(f), "ConfirmUser", named(f, name));
        come_by(actor, own_keys(f, actor)->keys[0]->key_id);
        return actor;
}

/* The same, with a password, come by a session. */
static inline Wire__Passport *with_password(struct fixture *f, const char *name, Types__Role role, const char *password)
{
        Wire__Passport *actor = newcomer(f, name, role);
        come_by(actor, set_password(f, actor, "", password)->key_id);
        return actor;
}

/* What the telephone shows now. */
static inline const char *code_of(struct fixture *f, const char *base32)
{
        char *secret = NULL, *code = arena_zalloc(&f->arena, 8);
        size_t size;
        assert_int_equal(oath_base32_decode(base32, strlen(base32), &secret, &size), OATH_OK);
        assert_int_equal(oath_totp_generate(secret, size, f->world.now_ms_value / 1000, 30, 0, 6, code), OATH_OK);
        free(secret);
        return code;
}

static inline const Accounts__BeginSecondFactorReply *begin_factor(struct fixture *f, const Wire__Passport *actor,
                                                                   const char *code)
{
        Accounts__BeginSecondFactor command = ACCOUNTS__BEGIN_SECOND_FACTOR__INIT;
        command.code = arena_text(&f->arena, code);
        return fixture_get(f, actor, "BeginSecondFactor", &command);
}

/* Begun and confirmed; its session goes on. *ret_secret: what is in the telephone. */
static inline const Accounts__SessionReply *enrol(struct fixture *f, Wire__Passport *actor, const char **ret_secret)
{
        Accounts__ConfirmSecondFactor command = ACCOUNTS__CONFIRM_SECOND_FACTOR__INIT;
        *ret_secret = begin_factor(f, actor, "")->secret;
        command.code = (char *)(uintptr_t)code_of(f, *ret_secret);
        const Accounts__SessionReply *reply = fixture_get(f, actor, "ConfirmSecondFactor", &command);
        come_by(actor, reply->key_id);
        f->world.now_ms_value += 60000; /* the next code */
        return reply;
}

#endif
