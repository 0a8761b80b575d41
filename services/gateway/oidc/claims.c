#include "services/gateway/oidc/claims.h"

#include <sodium.h>
#include <string.h>

#include "common/base/mail_address.h"
#include "common/base/text.h"

struct identity identity_copy(const struct identity *identity, struct arena *arena)
{
        return (struct identity){.issuer = arena_text(arena, identity->issuer),
                                 .identity_provider = arena_text(arena, identity->identity_provider),
                                 .subject = arena_text(arena, identity->subject),
                                 .mail = arena_text(arena, identity->mail),
                                 .second_factor_shown = identity->second_factor_shown};
}

static const char *text_claim(const json_t *claims, const char *name)
{
        return json_string_value(json_object_get(claims, name));
}

static bool is_text(const json_t *claims, const char *name, const char *wanted)
{
        const char *text = text_claim(claims, name);
        return text != NULL && strcmp(text, wanted) == 0;
}

/* Security: where it is for several, `azp` must say that it was made for this one. */
static bool is_for(const json_t *claims, const char *client)
{
        const json_t *audience = json_object_get(claims, "aud");
        if (json_is_string(audience))
                return is_text(claims, "aud", client);
        for (size_t i = 0; i < json_array_size(audience); i++) {
                const char *one = json_string_value(json_array_get(audience, i));
                if (one != NULL && strcmp(one, client) == 0)
                        return json_array_size(audience) == 1 || is_text(claims, "azp", client);
        }
        return false;
}

/* False: not a number of seconds. */
static bool instant_of(const json_t *value, int64_t *ret_ms)
{
        enum { SECONDS_MAX = INT32_MAX };
        double seconds = json_number_value(value);
        if (!json_is_number(value) || seconds < 0 || seconds > 64.0 * SECONDS_MAX)
                return false;
        *ret_ms = (int64_t)(seconds * 1000);
        return true;
}

static const char *check_times(const json_t *claims, int64_t now_ms)
{
        int64_t at_ms;
        if (!instant_of(json_object_get(claims, "exp"), &at_ms) || at_ms + CLAIMS_SKEW_MS <= now_ms)
                return "exp";
        if (!instant_of(json_object_get(claims, "iat"), &at_ms) || at_ms > now_ms + CLAIMS_SKEW_MS ||
            at_ms < now_ms - CLAIMS_AGE_MS - CLAIMS_SKEW_MS)
                return "iat";
        const json_t *not_before = json_object_get(claims, "nbf");
        if (not_before != NULL && (!instant_of(not_before, &at_ms) || at_ms > now_ms + CLAIMS_SKEW_MS))
                return "nbf";
        return NULL;
}

/* The left half of the hash of the access token: both algorithms that are taken hash by SHA-256. */
static bool is_hash_of(const json_t *claims, const char *access_token)
{
        uint8_t hash[crypto_hash_sha256_BYTES];
        char text[32];
        (void)crypto_hash_sha256(hash, (const uint8_t *)access_token, strlen(access_token));
        (void)sodium_bin2base64(text, sizeof(text), hash, sizeof(hash) / 2, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        return is_text(claims, "at_hash", text);
}

static bool is_one_of(const char *text, const char *const *list, size_t count)
{
        for (size_t i = 0; text != NULL && i < count; i++)
                if (strcmp(text, list[i]) == 0)
                        return true;
        return false;
}

static bool shows_second_factor(const struct oidc_provider *provider, const json_t *claims)
{
        const json_t *methods = json_object_get(claims, "amr");
        if (is_one_of(text_claim(claims, "acr"), provider->acr, provider->acr_count))
                return true;
        for (size_t i = 0; i < json_array_size(methods); i++)
                if (is_one_of(json_string_value(json_array_get(methods, i)), provider->amr, provider->amr_count))
                        return true;
        return false;
}

static bool is_subject(const char *text)
{
        size_t size = 0;
        for (; text != NULL && text[size] != '\0'; size++)
                if (size == CLAIMS_SUBJECT_MAX || text[size] < ' ' || text[size] >= 0x7f)
                        return false;
        return size > 0;
}

/* A hint that could be shown: else none. */
static const char *mail_of(const json_t *claims, const char *before, struct arena *arena)
{
        const char *mail = text_claim(claims, "email");
        bool is_one = mail != NULL && strlen(mail) <= CLAIMS_MAIL_MAX && mail_address_valid(mail);
        return before[0] != '\0' || !is_one ? before : arena_text(arena, mail);
}

/* Whom the provider asked in its turn. False: it is not told as it should be, or not twice the same. */
static bool read_identity_provider(const json_t *claims, const char *claim, struct arena *arena, const char **ret)
{
        const json_t *value = claim[0] == '\0' ? NULL : json_object_get(claims, claim);
        if (value == NULL)
                return true;
        const char *text = json_string_value(value);
        if (!is_subject(text) || ((*ret)[0] != '\0' && strcmp(*ret, text) != 0))
                return false;
        *ret = arena_text(arena, text);
        return true;
}

const char *claims_of_token(const json_t *claims, const struct claims_wanted *wanted, struct arena *arena,
                            struct identity *ret)
{
        const struct oidc_provider *provider = wanted->provider;
        const char *nonce = text_claim(claims, "nonce"), *late;
        *ret = (struct identity){.issuer = provider->issuer, .identity_provider = "", .mail = ""};
        if (!is_text(claims, "iss", provider->issuer))
                return "iss";
        if (!is_for(claims, provider->client_id))
                return "aud";
        if (json_object_get(claims, "azp") != NULL && !is_text(claims, "azp", provider->client_id))
                return "azp";
        if ((late = check_times(claims, wanted->now_ms)) != NULL)
                return late;
        if (nonce == NULL || strlen(nonce) != strlen(wanted->nonce) ||
            sodium_memcmp(nonce, wanted->nonce, strlen(nonce)) != 0)
                return "nonce";
        if (json_object_get(claims, "at_hash") != NULL && !is_hash_of(claims, wanted->access_token))
                return "at_hash";
        if (!is_subject(text_claim(claims, "sub")))
                return "sub";
        ret->subject = arena_text(arena, text_claim(claims, "sub"));
        ret->mail = mail_of(claims, "", arena);
        ret->second_factor_shown = shows_second_factor(provider, claims);
        if (!read_identity_provider(claims, provider->identity_claim, arena, &ret->identity_provider))
                return provider->identity_claim;
        return NULL;
}

const char *claims_of_userinfo(const json_t *claims, const struct claims_wanted *wanted, struct arena *arena,
                               struct identity *identity)
{
        const struct oidc_provider *provider = wanted->provider;
        const json_t *expires = json_object_get(claims, "exp");
        bool is_signed = provider->userinfo == OIDC_USERINFO_JWT;
        int64_t at_ms;
        if (!is_text(claims, "sub", identity->subject))
                return "sub";
        if (is_signed && !is_text(claims, "iss", provider->issuer))
                return "iss";
        if (is_signed && !is_for(claims, provider->client_id))
                return "aud";
        if (expires != NULL && (!instant_of(expires, &at_ms) || at_ms + CLAIMS_SKEW_MS <= wanted->now_ms))
                return "exp";
        identity->mail = mail_of(claims, identity->mail, arena);
        if (!read_identity_provider(claims, provider->identity_claim, arena, &identity->identity_provider))
                return provider->identity_claim;
        return NULL;
}

const char *claims_missing(const struct oidc_provider *provider, const struct identity *identity)
{
        bool is_whole = provider->identity_claim[0] == '\0' || identity->identity_provider[0] != '\0';
        return is_whole ? NULL : provider->identity_claim;
}
