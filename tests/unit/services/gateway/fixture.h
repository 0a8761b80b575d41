/* fixture.h: a gateway's copies under test: it is told what accounts tells. */
#ifndef TESTS_UNIT_SERVICES_GATEWAY_FIXTURE_H
#define TESTS_UNIT_SERVICES_GATEWAY_FIXTURE_H

#include "tests/lib/engine_fixture.h"

#include "accounts/events.pb-c.h"
#include "common/codec/token.h"
#include "services/gateway/dispatch.h"
#include "services/gateway/settings.h"
#include "services/gateway/visitors/visitors_rows.h"

static uint64_t told_count;

static inline int setup(void **state)
{
        static const struct gateway_settings settings = {.web = "web"};
        told_count = 0;
        return fixture_open(state, &gateway_spec, &settings);
}

/* fixture_close() would ask for the source's log, to prove the copies: that is the integration tests'. */
static inline int close_copies(void **state)
{
        struct fixture *f = *state;
        engine_close(f->engine);
        arena_fini(&f->arena);
        (void)nftw(f->directory, fixture_remove_one, FIXTURE_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
        free(f);
        return 0;
}

static inline void told(struct fixture *f, const void *event)
{
        const ProtobufCMessage *whole = event_of_body(&accounts__event__descriptor, event, &f->arena);
        assert_int_equal(engine_feed(f->engine, "accounts-1", ++told_count, whole), 0);
}

/* A buyer of Haute-Garonne; her account, membership and first key have this id. */
static inline void told_of(struct fixture *f, const char *name, struct id id)
{
        Accounts__AccountOpened opened = ACCOUNTS__ACCOUNT_OPENED__INIT;
        Accounts__MembershipGiven given = ACCOUNTS__MEMBERSHIP_GIVEN__INIT;
        Accounts__Membership membership = ACCOUNTS__MEMBERSHIP__INIT;
        char *territory = (char[]){"31"};
        opened.account_id = membership.account_id = membership.membership_id = id_to(&f->arena, id);
        opened.name = arena_text(&f->arena, name);
        told(f, &opened.base);
        membership.role = TYPES__ROLE__BUYER;
        membership.territories = &territory;
        membership.n_territories = 1;
        given.membership = &membership;
        told(f, &given.base);
}

/* A key that ends then; `authorization` has room for 64. Change what the test is about, then told(). */
static inline Accounts__KeyGiven *key_for(struct fixture *f, struct id account, int64_t ends_ms, char *authorization)
{
        Accounts__KeyGiven *given = pb_new(&accounts__key_given__descriptor, &f->arena);
        char text[TOKEN_TEXT_SIZE];
        uint8_t *hash = arena_alloc(&f->arena, TOKEN_DIGEST_SIZE);
        token_draw(&f->world, text, hash);
        given->key_id = id_to(&f->arena, id_new(&f->world, f->world.now_ms_value, 0));
        given->account_id = given->membership_id = id_to(&f->arena, account);
        given->kind = ACCOUNTS__KEY_KIND__KEY_TOKEN;
        given->hash = (ProtobufCBinaryData){TOKEN_DIGEST_SIZE, hash};
        given->ends = instant_to(&f->arena, ends_ms);
        (void)snprintf(authorization, 64, "Bearer %s", text);
        return given;
}

#endif
