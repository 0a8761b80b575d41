#include "services/gateway/oidc/flow.h"

#include <sodium.h>
#include <string.h>

#include "common/base/require.h"

static const char kind[] = "flow 1";

/* A state: when it was drawn, what nobody guesses, and by which gateways know their own: so a late one and one of
 * nowhere read otherwise than one that is another browser's. */
enum { WHEN_SIZE = 6, DRAWN_SIZE = TOKEN_SIZE - PASSAGE_MARK_SIZE };

static void state_draw(const struct passages *passages, char ret_text[FLOW_TEXT_SIZE])
{
        struct world *world = passages->world;
        uint64_t now = (uint64_t)world->now_ms(world);
        uint8_t state[TOKEN_SIZE];
        for (size_t i = 0; i < WHEN_SIZE; i++)
                state[i] = (uint8_t)(now >> (8 * (WHEN_SIZE - 1 - i)));
        world->random(world, state + WHEN_SIZE, DRAWN_SIZE - WHEN_SIZE);
        passage_mark(passages, slice_of(state, DRAWN_SIZE), state + DRAWN_SIZE);
        (void)sodium_bin2base64(ret_text, FLOW_TEXT_SIZE, state, sizeof(state),
                                sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static bool state_stands(const struct passages *passages, const char *text)
{
        struct world *world = passages->world;
        uint8_t state[TOKEN_SIZE], mark[PASSAGE_MARK_SIZE];
        size_t size = 0;
        uint64_t when = 0;
        if (text == NULL ||
            sodium_base642bin(state, sizeof(state), text, strlen(text), NULL, &size, NULL,
                              sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
            size != sizeof(state))
                return false;
        passage_mark(passages, slice_of(state, DRAWN_SIZE), mark);
        for (size_t i = 0; i < WHEN_SIZE; i++)
                when = when << 8 | state[i];
        return sodium_memcmp(mark, state + DRAWN_SIZE, sizeof(mark)) == 0 &&
               world->now_ms(world) - (int64_t)when < FLOW_MS;
}

static void challenge_of(const char *verifier, char ret_text[FLOW_TEXT_SIZE])
{
        uint8_t hash[crypto_hash_sha256_BYTES];
        (void)crypto_hash_sha256(hash, (const uint8_t *)verifier, strlen(verifier));
        (void)sodium_bin2base64(ret_text, FLOW_TEXT_SIZE, hash, sizeof(hash), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void put_id(json_t *to, const char *name, struct id id)
{
        char text[ID_TEXT_SIZE];
        id_format(id, text);
        require(json_object_set_new(to, name, json_string(text)) == 0);
}

void flow_begin(const struct passages *passages, const char *provider, const struct flow_holder *holder,
                struct arena *arena, struct flow_begun *ret)
{
        struct world *world = passages->world;
        char verifier[FLOW_TEXT_SIZE];
        uint8_t unused[TOKEN_DIGEST_SIZE];
        state_draw(passages, ret->state);
        token_draw(world, ret->nonce, unused);
        token_draw(world, verifier, unused);
        challenge_of(verifier, ret->challenge);
        json_t *what = json_pack("{s:s, s:s, s:s, s:s}", "provider", provider, "state", ret->state, "nonce", ret->nonce,
                                 "verifier", verifier);
        require(what != NULL);
        put_id(what, "id", id_new(world, world->now_ms(world), 0));
        put_id(what, "account", holder->account);
        put_id(what, "membership", holder->membership);
        put_id(what, "key", holder->key);
        ret->cookie = passage_seal(passages, kind, what, arena);
        require(ret->cookie != NULL); /* a provider's name has 32 letters at most */
        sodium_memzero(verifier, sizeof(verifier));
}

static bool take_id(const json_t *what, const char *name, struct id *ret)
{
        const char *text = passage_text(what, name);
        return text != NULL && id_parse(text, ret) == 0;
}

static bool take_text(const json_t *what, const char *name, char ret[FLOW_TEXT_SIZE])
{
        const char *text = passage_text(what, name);
        if (text == NULL || strlen(text) != FLOW_TEXT_SIZE - 1)
                return false;
        memcpy(ret, text, FLOW_TEXT_SIZE);
        return true;
}

static enum flow_end read_carried(const json_t *what, const char *provider, const char *state, struct flow *ret)
{
        char own[FLOW_TEXT_SIZE];
        const char *named = passage_text(what, "provider");
        if (!take_text(what, "state", own) || sodium_memcmp(own, state, sizeof(own)) != 0)
                return FLOW_OTHER_BROWSER;
        if (named == NULL || strcmp(named, provider) != 0)
                return FLOW_UNKNOWN;
        bool whole = take_id(what, "id", &ret->id) && take_id(what, "account", &ret->holder.account) &&
                     take_id(what, "membership", &ret->holder.membership) && take_id(what, "key", &ret->holder.key) &&
                     take_text(what, "nonce", ret->nonce) && take_text(what, "verifier", ret->verifier);
        return whole ? FLOW_TAKEN : FLOW_UNKNOWN;
}

enum flow_end flow_take(const struct passages *passages, const char *provider, const struct flow_shown *shown,
                        struct flow *ret)
{
        if (!state_stands(passages, shown->state))
                return FLOW_UNKNOWN;
        json_t *what = passage_open(passages, kind, shown->cookie, FLOW_MS);
        if (what == NULL)
                return FLOW_OTHER_BROWSER;
        enum flow_end end = read_carried(what, provider, shown->state, ret);
        json_decref(what);
        return end;
}
