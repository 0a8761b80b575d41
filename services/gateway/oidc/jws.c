#include "services/gateway/oidc/jws.h"

#include <cjose/header.h>
#include <cjose/jwk.h>
#include <cjose/jws.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

enum { HEAD_MAX = 2048, KID_MAX = 256, RSA_BITS_MIN = 2048, RSA_BITS_MAX = 8192, EXPONENT_TEXT_MAX = 8 };

static json_t *object_of(const char *text, size_t size)
{
        json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
        if (json_is_object(json))
                return json;
        json_decref(json);
        return NULL;
}

json_t *jws_keys(struct slice document)
{
        json_t *root = object_of((const char *)document.data, document.size);
        json_t *keys = json_object_get(root, "keys");
        bool good = json_is_array(keys) && json_array_size(keys) <= JWS_KEYS_MAX;
        json_t *kept = good ? json_incref(keys) : NULL;
        json_decref(root);
        return kept;
}

/* ---- the head */

/* Three parts of base64url, none of them empty; *ret_head: bytes of the first. */
static bool is_compact(struct slice compact, size_t *ret_head)
{
        size_t dots = 0, part = 0;
        for (size_t i = 0; i < compact.size; i++) {
                unsigned char c = compact.data[i];
                bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                 c == '-' || c == '_';
                if (c == '.' && part > 0 && dots < 2) {
                        *ret_head = dots == 0 ? part : *ret_head;
                        dots++;
                        part = 0;
                } else if (is_letter) {
                        part++;
                } else {
                        return false;
                }
        }
        return dots == 2 && part > 0 && compact.size <= JWS_MAX;
}

static json_t *read_head(struct slice compact, size_t size)
{
        char text[HEAD_MAX];
        size_t length = 0;
        if (sodium_base642bin((unsigned char *)text, sizeof(text), (const char *)compact.data, size, NULL, &length,
                              NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
                return NULL;
        return object_of(text, length);
}

/* ---- the key */

static bool has_text(const json_t *object, const char *member, const char *wanted)
{
        const char *text = json_string_value(json_object_get(object, member));
        return text != NULL && strcmp(text, wanted) == 0;
}

static const json_t *find_key(const json_t *keys, const char *kid, enum oidc_alg alg)
{
        for (size_t i = 0; i < json_array_size(keys); i++) {
                const json_t *key = json_array_get(keys, i);
                if (has_text(key, "kid", kid) && has_text(key, "kty", alg == OIDC_RS256 ? "RSA" : "EC") &&
                    (json_object_get(key, "use") == NULL || has_text(key, "use", "sig")) &&
                    (json_object_get(key, "alg") == NULL || has_text(key, "alg", oidc_alg_name(alg))))
                        return key;
        }
        return NULL;
}

static bool is_strong(const cjose_jwk_t *key, enum oidc_alg alg)
{
        cjose_err err;
        size_t bits = cjose_jwk_get_keysize(key, &err);
        return alg == OIDC_ES256 || (bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX);
}

/* Nothing but its public numbers is shown to the library. NULL: it is none of that kind. */
static cjose_jwk_t *import_key(const json_t *key, enum oidc_alg alg)
{
        static const char *const numbers[][4] = {
                [OIDC_RS256] = {"kty", "n", "e"}, [OIDC_ES256] = {"kty", "crv", "x", "y"}};
        json_t *bare = json_object();
        cjose_err err;
        require(bare != NULL);
        for (size_t i = 0; i < ARRAY_SIZE(numbers[alg]) && numbers[alg][i] != NULL; i++) {
                json_t *number = json_object_get(key, numbers[alg][i]);
                if (json_is_string(number))
                        require(json_object_set(bare, numbers[alg][i], number) == 0);
        }
        bool fits = alg == OIDC_ES256 ? has_text(bare, "crv", "P-256")
                                      : json_string_length(json_object_get(bare, "e")) <= EXPONENT_TEXT_MAX;
        char *text = fits ? json_dumps(bare, JSON_COMPACT) : NULL;
        cjose_jwk_t *imported = text == NULL ? NULL : cjose_jwk_import(text, strlen(text), &err);
        free(text);
        json_decref(bare);
        if (imported != NULL && !is_strong(imported, alg)) {
                (void)cjose_jwk_release(imported);
                return NULL;
        }
        return imported;
}

/* ---- all of it */

static enum jws_verdict verify(struct slice compact, enum oidc_alg alg, const cjose_jwk_t *key, json_t **ret_claims)
{
        cjose_err err;
        uint8_t *said = NULL;
        size_t size = 0;
        cjose_jws_t *jws = cjose_jws_import((const char *)compact.data, compact.size, &err);
        if (jws == NULL)
                return JWS_MALFORMED;
        const char *read = cjose_header_get(cjose_jws_get_protected(jws), CJOSE_HDR_ALG, &err);
        bool same = read != NULL && strcmp(read, oidc_alg_name(alg)) == 0;
        bool good = same && cjose_jws_verify(jws, key, &err) && cjose_jws_get_plaintext(jws, &said, &size, &err);
        *ret_claims = good ? object_of((const char *)said, size) : NULL;
        cjose_jws_release(jws);
        if (!same)
                return JWS_WRONG_ALG;
        if (!good)
                return JWS_FORGED;
        return *ret_claims == NULL ? JWS_MALFORMED : JWS_GOOD;
}

static enum jws_verdict open_with(struct slice compact, const json_t *head, enum oidc_alg alg, const json_t *keys,
                                  json_t **ret_claims)
{
        const char *kid = json_string_value(json_object_get(head, "kid"));
        if (!has_text(head, "alg", oidc_alg_name(alg)))
                return JWS_WRONG_ALG;
        /* what must be understood, and is not; a body that is not in base64 */
        if (json_object_get(head, "crit") != NULL || json_object_get(head, "b64") != NULL)
                return JWS_MALFORMED;
        if (kid == NULL || kid[0] == '\0' || strlen(kid) > KID_MAX)
                return JWS_MALFORMED;
        const json_t *found = find_key(keys, kid, alg);
        cjose_jwk_t *key = found == NULL ? NULL : import_key(found, alg);
        if (key == NULL)
                return JWS_UNKNOWN_KEY;
        enum jws_verdict verdict = verify(compact, alg, key, ret_claims);
        (void)cjose_jwk_release(key);
        return verdict;
}

enum jws_verdict jws_open(struct slice compact, enum oidc_alg alg, const json_t *keys, json_t **ret_claims)
{
        size_t size = 0;
        *ret_claims = NULL;
        json_t *head = is_compact(compact, &size) ? read_head(compact, size) : NULL;
        if (head == NULL)
                return JWS_MALFORMED;
        enum jws_verdict verdict = open_with(compact, head, alg, keys, ret_claims);
        json_decref(head);
        return verdict;
}
