/* fixture.h: a gateway's accounts under test, and accounts to make. */
#ifndef TESTS_UNIT_SERVICES_GATEWAY_FIXTURE_H
#define TESTS_UNIT_SERVICES_GATEWAY_FIXTURE_H

#include "tests/lib/engine_fixture.h"

#include "gateway/commands.pb-c.h"
#include "gateway/events.pb-c.h"
#include "gateway/queries.pb-c.h"
#include "services/gateway/dispatch.h"
#include "services/gateway/settings.h"

static inline int setup(void **state)
{
        static const struct gateway_settings settings = {.web = "web", .token_life_days = 100};
        return fixture_open(state, &gateway_spec, &settings);
}

static inline Wire__Passport *operator_of(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*");
}

/* A facilitator of Haute-Garonne; change what the test is about. The token's hash is 32 times `token`. */
static inline Gateway__CreateUser *account(struct fixture *f, const char *name, uint8_t token)
{
        Gateway__CreateUser *command = pb_new(&gateway__create_user__descriptor, &f->arena);
        command->name = arena_text(&f->arena, name);
        command->role = TYPES__ROLE__FACILITATOR;
        command->territories = arena_alloc(&f->arena, sizeof(char *));
        command->territories[0] = arena_text(&f->arena, "31");
        command->n_territories = 1;
        command->token_hash.data = memset(arena_alloc(&f->arena, 32), token, 32);
        command->token_hash.len = 32;
        return command;
}

static inline const Gateway__CreateUserReply *create_user(struct fixture *f, const char *name, uint8_t token)
{
        return fixture_get(f, operator_of(f), "CreateUser", account(f, name, token));
}

static inline void revoke_user(struct fixture *f, const char *name)
{
        Gateway__RevokeUser command = GATEWAY__REVOKE_USER__INIT;
        command.name = arena_text(&f->arena, name);
        (void)fixture_get(f, operator_of(f), "RevokeUser", &command);
}

static inline const Gateway__UsersReply *users(struct fixture *f, uint32_t limit, ProtobufCBinaryData after)
{
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = limit;
        page.after = after;
        Gateway__UsersRequest query = GATEWAY__USERS_REQUEST__INIT;
        query.page = &page;
        return fixture_get(f, operator_of(f), "Users", &query);
}

static inline const Gateway__UsersReply *all_users(struct fixture *f)
{
        return users(f, 0, (ProtobufCBinaryData){0});
}

#endif
