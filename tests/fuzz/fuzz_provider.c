/* The first byte says what of a provider's the rest is: its metadata, a set of keys and what they signed, what the keys
 * below are said to have signed, what a token or userinfo says, an address. What is taken lies where it may, was
 * signed, and has the texts that it must have; of what the keys below never signed nothing is. */
#include "tests/fuzz/replay.h"

#include <string.h>

#include "common/base/require.h"
#include "services/gateway/oidc/address.h"
#include "services/gateway/oidc/claims.h"
#include "services/gateway/oidc/jws.h"

/* Whose private halves nobody has. */
static const char keys_text[] =
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"n4glGbDcZQzQ6WRBo6b0UCjwNlagYc-0G-hR3zzrLJpih_fhdJCF-l"
        "jrsLlZup_GXmURs0XE_hK5dSAWnT6H2jdntwTwgMJui2EC8AJmr7Ft4LdeIc5vBAQQJoqmyCE_OggLz5g0_UwnApLU"
        "ii1MeuS7VUBKxxam1LiNv4EhN59f-NnoTxLqiYuFgR7goSF3mfmwcuGWprU25kz9KnFmdVHw94T8-NKrEPi__Xtn4D"
        "dC6I016QKvqhzpwbyVAMqJhyJlILSb8HeXTfssVrHMJHrdiBErtcfb8wyJGE9EDBVwTcljopkr-VyzapkRPLZZQF2w"
        "l5fu8B4_uA5nVhHYyQ\",\"e\":\"AQAB\",\"kid\":\"r\"},{\"kty\":\"EC\",\"x\":\"4V2gRlwjCjwVPfT"
        "TGK-sQaLGbd6E3ganN-mc-0Qbz8M\",\"y\":\"XEUb-5Ki-FL9y4Sf6ufdpnN_ZOaU0mFaj1vGkgXt_CU\",\"crv"
        "\":\"P-256\",\"kid\":\"e\"}]}";

static const struct oidc_provider provider = {
        .name = "a",
        .issuer = "https://connect.example.fr",
        .client_id = "guichet",
        .identity_claim = "idp_id",
        .userinfo = OIDC_USERINFO_JWT,
        .origins = {"https://connect.example.fr", "https://keys.example.fr"},
        .origin_count = 2,
        .acr = {"eidas2"},
        .acr_count = 1,
        .amr = {"mfa"},
        .amr_count = 1,
};
static const struct claims_wanted wanted = {&provider, "the-nonce", "the-access-token", 1700000000000};

static json_t *json_in(struct slice bytes)
{
        json_t *json = json_loadb((const char *)bytes.data, bytes.size, JSON_REJECT_DUPLICATES, NULL);
        if (json_is_object(json))
                return json;
        json_decref(json);
        return NULL;
}

static bool may_be_asked(const char *address)
{
        return address_is_on(address, provider.origins[0]) || address_is_on(address, provider.origins[1]);
}

static void look_at_metadata(struct slice bytes, struct arena *arena)
{
        struct oidc_endpoints endpoints;
        const struct oidc_authorization asked = {"S", "N", "C"};
        json_t *document = json_in(bytes);
        if (document != NULL && provider_endpoints(&provider, document, &endpoints) == NULL) {
                require(may_be_asked(endpoints.authorization) && may_be_asked(endpoints.token) &&
                        may_be_asked(endpoints.jwks) && may_be_asked(endpoints.userinfo));
                const char *to = provider_authorization_address(&provider, &endpoints, &asked, arena);
                require(strpbrk(to, "\r\n ") == NULL && strncmp(to, endpoints.authorization, 8) == 0);
        }
        json_decref(document);
}

static enum jws_verdict open_one(struct slice compact, enum oidc_alg alg, const json_t *keys)
{
        json_t *claims = NULL;
        enum jws_verdict verdict = jws_open(compact, alg, keys, &claims);
        require((claims != NULL) == (verdict == JWS_GOOD));
        require(claims == NULL || json_is_object(claims));
        json_decref(claims);
        return verdict;
}

static void look_at_keys(struct slice bytes)
{
        const uint8_t *end = bytes.size == 0 ? NULL : memchr(bytes.data, '\n', bytes.size);
        size_t size = end == NULL ? bytes.size : (size_t)(end - bytes.data);
        json_t *keys = jws_keys(slice_of(bytes.data, size));
        const struct slice compact = slice_of(bytes.data + size + (end != NULL), bytes.size - size - (end != NULL));
        if (keys != NULL) {
                bool rsa = open_one(compact, OIDC_RS256, keys) == JWS_GOOD;
                bool ec = open_one(compact, OIDC_ES256, keys) == JWS_GOOD;
                require(!rsa || !ec); /* one text has one algorithm */
        }
        json_decref(keys);
}

static void look_at_signed(struct slice bytes)
{
        json_t *keys = jws_keys(slice_of_text(keys_text));
        require(keys != NULL);
        require(open_one(bytes, OIDC_RS256, keys) != JWS_GOOD && open_one(bytes, OIDC_ES256, keys) != JWS_GOOD);
        json_decref(keys);
}

static void check_identity(const struct identity *identity)
{
        require(identity->subject[0] != '\0' && strlen(identity->subject) <= CLAIMS_SUBJECT_MAX);
        require(strlen(identity->identity_provider) <= CLAIMS_SUBJECT_MAX && strlen(identity->mail) <= CLAIMS_MAIL_MAX);
        require(strcmp(identity->issuer, provider.issuer) == 0);
}

static void look_at_claims(struct slice bytes, struct arena *arena)
{
        struct identity identity;
        json_t *claims = json_in(bytes);
        if (claims != NULL && claims_of_token(claims, &wanted, arena, &identity) == NULL)
                check_identity(&identity);
        json_decref(claims);
}

static void look_at_userinfo(struct slice bytes, struct arena *arena)
{
        struct identity identity = {.issuer = provider.issuer, .identity_provider = "", .subject = "42", .mail = ""};
        json_t *claims = json_in(bytes);
        if (claims != NULL && claims_of_userinfo(claims, &wanted, arena, &identity) == NULL) {
                check_identity(&identity);
                require(strcmp(identity.subject, "42") == 0);
        }
        json_decref(claims);
}

/* An origin is its own origin, and nothing but letters of one. */
static void look_at_address(struct slice bytes, struct arena *arena)
{
        char *text = arena_printf(arena, "%.*s", (int)bytes.size, (const char *)bytes.data);
        const char *origin = address_origin(text, arena);
        if (origin == NULL)
                return;
        require(strpbrk(origin, "@#? \r\n") == NULL && address_is_on(origin, origin));
        require(strncmp(origin, "https://", 8) == 0 || strncmp(origin, "http://127.0.0.1:", 17) == 0 ||
                strncmp(origin, "http://localhost:", 17) == 0 || strncmp(origin, "http://[::1]:", 13) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena arena = {0};
        if (size == 0)
                return 0;
        const struct slice rest = slice_of(data + 1, size - 1);
        switch (data[0] & 7) {
        case 0: look_at_metadata(rest, &arena); break;
        case 1: look_at_keys(rest); break;
        case 2: look_at_signed(rest); break;
        case 3: look_at_claims(rest, &arena); break;
        case 4: look_at_userinfo(rest, &arena); break;
        case 5: look_at_address(rest, &arena); break;
        }
        arena_fini(&arena);
        return 0;
}
