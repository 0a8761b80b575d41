#include "services/gateway/oidc/proven.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

struct held {
        uint8_t cookie[TOKEN_DIGEST_SIZE];
        uint64_t since_ms;
        unsigned tries_left; /* 0: nobody */
        struct arena arena;
        struct identity identity;
};

struct proven {
        struct world *world;
        size_t next; /* where the oldest lies */
        struct held all[PROVEN_MAX];
};

struct proven *proven_new(struct world *world)
{
        struct proven *proven = calloc(1, sizeof(*proven));
        require(proven != NULL);
        proven->world = world;
        return proven;
}

void proven_free(struct proven *proven)
{
        if (proven == NULL)
                return;
        for (size_t i = 0; i < PROVEN_MAX; i++)
                arena_fini(&proven->all[i].arena);
        free(proven);
}

static uint64_t now_ms(const struct proven *proven)
{
        return proven->world->monotonic_us(proven->world) / 1000;
}

static void clear(struct held *held)
{
        arena_fini(&held->arena);
        *held = (struct held){0};
}

void proven_keep(struct proven *proven, const struct identity *identity, char ret_cookie[TOKEN_TEXT_SIZE])
{
        struct held *held = &proven->all[proven->next];
        proven->next = (proven->next + 1) % PROVEN_MAX;
        clear(held);
        token_draw(proven->world, ret_cookie, held->cookie);
        held->since_ms = now_ms(proven);
        held->tries_left = PROVEN_TRIES;
        held->identity = identity_copy(identity, &held->arena);
}

static struct held *find(struct proven *proven, const char *cookie)
{
        uint8_t hash[TOKEN_DIGEST_SIZE];
        if (!token_of_text(cookie, hash))
                return NULL;
        for (size_t i = 0; i < PROVEN_MAX; i++) {
                struct held *held = &proven->all[i];
                if (held->tries_left > 0 && now_ms(proven) - held->since_ms < PROVEN_MS &&
                    sodium_memcmp(held->cookie, hash, sizeof(hash)) == 0)
                        return held;
        }
        return NULL;
}

bool proven_try(struct proven *proven, const char *cookie, struct arena *arena, struct identity *ret)
{
        struct held *held = find(proven, cookie);
        if (held == NULL)
                return false;
        *ret = identity_copy(&held->identity, arena);
        if (--held->tries_left == 0)
                clear(held);
        return true;
}

void proven_drop(struct proven *proven, const char *cookie)
{
        struct held *held = find(proven, cookie);
        if (held != NULL)
                clear(held);
}
