/* fixture.h: the daemon of accounts under test, and accounts to make. */
#ifndef TESTS_UNIT_SERVICES_ACCOUNTS_FIXTURE_H
#define TESTS_UNIT_SERVICES_ACCOUNTS_FIXTURE_H

#include "tests/lib/engine_fixture.h"

#include "accounts/commands.pb-c.h"
#include "accounts/events.pb-c.h"
#include "accounts/queries.pb-c.h"
#include "services/accounts/dispatch.h"
#include "services/accounts/settings.h"

static inline int setup(void **state)
{
        static const struct accounts_settings settings = {.token_life_days = 100,
                                                          .session_life_h = 12,
                                                          .password_memory_kib = 19456,
                                                          .password_passes = 2,
                                                          .exports_kept_days = 1095,
                                                          .sign_ins_kept_days = 365,
                                                          .invitation_days = 7,
                                                          .session_idle_min = 60,
                                                          .session_idle_other_min = 240};
        return fixture_open(state, &accounts_spec, &settings);
}

/* With an operator's tool: no account, and not signed by this gateway. */
static inline Wire__Passport *operator_of(struct fixture *f)
{
        Wire__Passport *actor = fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*");
        actor->signer = arena_text(&f->arena, "ctl");
        return actor;
}

/* An account of `territory`; change what the test is about. */
static inline Accounts__CreateUser *account_in(struct fixture *f, const char *name, Types__Role role,
                                               const char *territory)
{
        static const struct id organisation = {.b = {1}};
        Accounts__CreateUser *command = pb_new(&accounts__create_user__descriptor, &f->arena);
        command->name = arena_text(&f->arena, name);
        command->role = role;
        if (role == TYPES__ROLE__BUYER || role == TYPES__ROLE__COMPANY || role == TYPES__ROLE__STRUCTURE ||
            role == TYPES__ROLE__PRESCRIBER)
                command->organisation = id_to(&f->arena, organisation);
        command->territories = arena_alloc(&f->arena, sizeof(char *));
        command->territories[0] = arena_text(&f->arena, territory);
        command->n_territories = 1;
        return command;
}

static inline Accounts__CreateUser *account(struct fixture *f, const char *name)
{
        return account_in(f, name, TYPES__ROLE__FACILITATOR, "31");
}

static inline const Accounts__CreateUserReply *create(struct fixture *f, const Accounts__CreateUser *command)
{
        return fixture_get(f, operator_of(f), "CreateUser", command);
}

/* Somebody who is signed in at a gateway. */
static inline Wire__Passport *signed_in(struct fixture *f, const Accounts__CreateUser *account, const Types__Id *id,
                                        const Types__Id *membership)
{
        Wire__Passport *actor = fixture_actor(f, account->role, NULL, account->territories[0]);
        actor->signer = arena_text(&f->arena, "gateway");
        actor->user = account->name;
        actor->account = id_to(&f->arena, id_of(id));
        actor->membership = id_to(&f->arena, id_of(membership));
        return actor;
}

/* The first coordinator, of the whole region. */
static inline Wire__Passport *coordinator_of(struct fixture *f)
{
        const Accounts__CreateUser *command = account_in(f, "coordination", TYPES__ROLE__COORDINATOR, "*");
        const Accounts__CreateUserReply *reply = create(f, command);
        return signed_in(f, command, reply->user_id, reply->membership_id);
}

static inline Accounts__ConfirmUser *named(struct fixture *f, const char *name)
{
        Accounts__ConfirmUser *command = pb_new(&accounts__confirm_user__descriptor, &f->arena);
        command->name = arena_text(&f->arena, name);
        return command;
}

/* Made by the operator, confirmed by `second`; signed in. */
static inline Wire__Passport *create_confirmed(struct fixture *f, const Wire__Passport *second,
                                               const Accounts__CreateUser *command)
{
        const Accounts__CreateUserReply *reply = create(f, command);
        (void)fixture_get(f, second, "ConfirmUser", named(f, command->name));
        return signed_in(f, command, reply->user_id, reply->membership_id);
}

static inline void revoke_user(struct fixture *f, const char *name)
{
        Accounts__RevokeUser command = ACCOUNTS__REVOKE_USER__INIT;
        command.name = arena_text(&f->arena, name);
        (void)fixture_get(f, operator_of(f), "RevokeUser", &command);
}

static inline const Accounts__UsersReply *users_as(struct fixture *f, const Wire__Passport *actor, uint32_t limit,
                                                   ProtobufCBinaryData after)
{
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = limit;
        page.after = after;
        Accounts__UsersRequest query = ACCOUNTS__USERS_REQUEST__INIT;
        query.page = &page;
        return fixture_get(f, actor, "Users", &query);
}

static inline const Accounts__UsersReply *all_users(struct fixture *f)
{
        return users_as(f, operator_of(f), 0, (ProtobufCBinaryData){0});
}

#endif
