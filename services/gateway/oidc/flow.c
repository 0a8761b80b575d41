#include "services/gateway/oidc/flow.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

/* The state's hash is its place's key: what a search takes says nothing of the state itself. */
struct pending {
        uint8_t state[TOKEN_DIGEST_SIZE];
        uint8_t cookie[TOKEN_DIGEST_SIZE];
        struct id network;
        uint64_t begun_ms;
        struct flow flow;
        bool is_there;
};

struct flows {
        struct world *world;
        size_t next; /* where the oldest lies */
        struct pending all[FLOWS_MAX];
};

struct flows *flows_new(struct world *world)
{
        struct flows *flows = calloc(1, sizeof(*flows));
        require(flows != NULL);
        flows->world = world;
        return flows;
}

void flows_free(struct flows *flows)
{
        if (flows == NULL)
                return;
        sodium_memzero(flows, sizeof(*flows));
        free(flows);
}

static uint64_t now_ms(const struct flows *flows)
{
        return flows->world->monotonic_us(flows->world) / 1000;
}

static bool stands(const struct pending *pending, uint64_t now)
{
        return pending->is_there && now - pending->begun_ms < FLOW_MS;
}

static size_t of_network(const struct flows *flows, struct id network, uint64_t now)
{
        size_t count = 0;
        for (size_t i = 0; i < FLOWS_MAX; i++)
                count += stands(&flows->all[i], now) && id_equal(flows->all[i].network, network);
        return count;
}

static void challenge_of(const char *verifier, char ret_text[FLOW_TEXT_SIZE])
{
        uint8_t hash[crypto_hash_sha256_BYTES];
        (void)crypto_hash_sha256(hash, (const uint8_t *)verifier, strlen(verifier));
        (void)sodium_bin2base64(ret_text, FLOW_TEXT_SIZE, hash, sizeof(hash), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool flows_begin(struct flows *flows, unsigned provider, struct id network, const struct flow_holder *holder,
                 struct flow_begun *ret)
{
        uint8_t unused[TOKEN_DIGEST_SIZE];
        uint64_t now = now_ms(flows);
        if (!id_is_zero(network) && of_network(flows, network, now) >= FLOWS_PER_NETWORK)
                return false;
        struct pending *pending = &flows->all[flows->next];
        flows->next = (flows->next + 1) % FLOWS_MAX;
        *pending = (struct pending){.network = network, .begun_ms = now, .is_there = true};
        pending->flow.provider = provider;
        pending->flow.holder = *holder;
        token_draw(flows->world, ret->state, pending->state);
        token_draw(flows->world, ret->cookie, pending->cookie);
        token_draw(flows->world, ret->nonce, unused);
        token_draw(flows->world, pending->flow.verifier, unused);
        memcpy(pending->flow.nonce, ret->nonce, sizeof(ret->nonce));
        challenge_of(pending->flow.verifier, ret->challenge);
        return true;
}

enum flow_end flows_take(struct flows *flows, unsigned provider, const char *state, const char *cookie,
                         struct flow *ret)
{
        uint8_t state_hash[TOKEN_DIGEST_SIZE], cookie_hash[TOKEN_DIGEST_SIZE];
        uint64_t now = now_ms(flows);
        bool good = token_of_text(state, state_hash);
        bool shown = token_of_text(cookie, cookie_hash);
        for (size_t i = 0; good && i < FLOWS_MAX; i++) {
                struct pending *pending = &flows->all[i];
                if (!stands(pending, now) || memcmp(pending->state, state_hash, sizeof(state_hash)) != 0)
                        continue;
                if (pending->flow.provider != provider)
                        return FLOW_UNKNOWN;
                if (!shown || sodium_memcmp(pending->cookie, cookie_hash, sizeof(cookie_hash)) != 0)
                        return FLOW_OTHER_BROWSER;
                *ret = pending->flow;
                sodium_memzero(pending, sizeof(*pending));
                return FLOW_TAKEN;
        }
        return FLOW_UNKNOWN;
}
