#include "services/gateway/oidc/jws.h"

#include <cjose/header.h>
#include <cjose/jwk.h>
#include <cjose/jws.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

enum { HEAD_MAX = 2048, KID_MAX = 256, RSA_BITS_MIN = 2048, RSA_BITS_MAX = 8192, NUMBER_TEXT_MAX = 1400 };
enum { EXPONENT_TEXT_MAX = 8, POINT_TEXT = 43 /* 32 bytes */ };

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

/* Security: libcjose 0.6 ends the process where base64url has padding within, or a length that none has: it is shown
 * nothing else than this. */
static bool is_base64url(const char *text, size_t size)
{
        for (size_t i = 0; i < size; i++) {
                char c = text[i];
                if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_'))
                        return false;
        }
        return size > 0 && size % 4 != 1;
}

/* Three parts, none of them empty; *ret_head: bytes of the first. */
static bool is_compact(struct slice compact, size_t *ret_head)
{
        const char *at = (const char *)compact.data;
        size_t left = compact.size, parts = 0;
        for (; left > 0 && left <= JWS_MAX && parts < 3; parts++) {
                const char *dot = parts == 2 ? NULL : memchr(at, '.', left);
                size_t size = dot == NULL ? left : (size_t)(dot - at);
                if (!is_base64url(at, size))
                        return false;
                *ret_head = parts == 0 ? size : *ret_head;
                at += size + (dot != NULL);
                left -= size + (dot != NULL);
        }
        return parts == 3 && left == 0;
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

/* A number that a key of this kind may have there. */
static bool is_number(const char *name, const json_t *value)
{
        const char *text = json_string_value(value);
        size_t size = json_string_length(value);
        if (text == NULL || !is_base64url(text, size))
                return false;
        return strcmp(name, "n") == 0   ? size <= NUMBER_TEXT_MAX
               : strcmp(name, "e") == 0 ? size <= EXPONENT_TEXT_MAX
                                        : size == POINT_TEXT;
}

/* Nothing but its kind and its public numbers. NULL: they are none. A new reference. */
static json_t *bare_key(const json_t *key, enum oidc_alg alg)
{
        static const char *const numbers[][2] = {[OIDC_RS256] = {"n", "e"}, [OIDC_ES256] = {"x", "y"}};
        json_t *bare = alg == OIDC_RS256 ? json_pack("{s:s}", "kty", "RSA")
                                         : json_pack("{s:s, s:s}", "kty", "EC", "crv", "P-256");
        bool good = alg == OIDC_RS256 || has_text(key, "crv", "P-256");
        require(bare != NULL);
        for (size_t i = 0; good && i < 2; i++) {
                json_t *number = json_object_get(key, numbers[alg][i]);
                good = is_number(numbers[alg][i], number);
                require(!good || json_object_set(bare, numbers[alg][i], number) == 0);
        }
        if (good)
                return bare;
        json_decref(bare);
        return NULL;
}

/* NULL: it is none of that kind. */
static cjose_jwk_t *import_key(const json_t *key, enum oidc_alg alg)
{
        cjose_err err;
        json_t *bare = bare_key(key, alg);
        char *text = bare == NULL ? NULL : json_dumps(bare, JSON_COMPACT);
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
