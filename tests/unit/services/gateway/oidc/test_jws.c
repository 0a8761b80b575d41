/* What a provider signed: by the configured algorithm and a key that it shows, or not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <cjose/header.h>
#include <cjose/jwk.h>
#include <cjose/jws.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "services/gateway/oidc/jws.h"

static struct arena arena;
static cjose_jwk_t *rsa, *ec, *small;
static json_t *keys; /* as the provider shows them */

static json_t *shown(const cjose_jwk_t *key, const char *kid)
{
        cjose_err err;
        char *text = cjose_jwk_to_json(key, false, &err);
        json_t *json = json_loads(text, 0, NULL);
        free(text);
        assert_int_equal(json_object_set_new(json, "kid", json_string(kid)), 0);
        return json;
}

static int open_keys(void **state)
{
        cjose_err err;
        (void)state;
        rsa = cjose_jwk_create_RSA_random(2048, NULL, 0, &err);
        small = cjose_jwk_create_RSA_random(1024, NULL, 0, &err);
        ec = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &err);
        assert_true(rsa != NULL && small != NULL && ec != NULL);
        keys = json_pack("[o, o, o]", shown(rsa, "r"), shown(ec, "e"), shown(small, "s"));
        assert_non_null(keys);
        return 0;
}

static int close_keys(void **state)
{
        (void)state;
        (void)cjose_jwk_release(rsa);
        (void)cjose_jwk_release(small);
        (void)cjose_jwk_release(ec);
        json_decref(keys);
        arena_fini(&arena);
        return 0;
}

static struct slice signed_by(const cjose_jwk_t *key, const char *alg, const char *kid, const char *said)
{
        cjose_err err;
        const char *text;
        cjose_header_t *head = cjose_header_new(&err);
        assert_true(cjose_header_set(head, CJOSE_HDR_ALG, alg, &err));
        if (kid != NULL)
                assert_true(cjose_header_set(head, CJOSE_HDR_KID, kid, &err));
        cjose_jws_t *jws = cjose_jws_sign(key, head, (const uint8_t *)said, strlen(said), &err);
        assert_non_null(jws);
        assert_true(cjose_jws_export(jws, &text, &err));
        struct slice kept = slice_of_text(arena_text(&arena, text));
        cjose_jws_release(jws);
        cjose_header_release(head);
        return kept;
}

static char *encoded(const char *text)
{
        char *to = arena_alloc(&arena, 2 * strlen(text) + 8);
        return sodium_bin2base64(to, 2 * strlen(text) + 8, (const unsigned char *)text, strlen(text),
                                 sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static enum jws_verdict verdict_of(struct slice compact, enum oidc_alg alg)
{
        json_t *claims = NULL;
        enum jws_verdict verdict = jws_open(compact, alg, keys, &claims);
        assert_true((claims != NULL) == (verdict == JWS_GOOD));
        json_decref(claims);
        return verdict;
}

static enum jws_verdict verdict_of_text(const char *compact, enum oidc_alg alg)
{
        return verdict_of(slice_of_text(compact), alg);
}

static void good_ones(void **state)
{
        json_t *claims;
        (void)state;
        assert_int_equal(jws_open(signed_by(rsa, "RS256", "r", "{\"sub\":\"42\"}"), OIDC_RS256, keys, &claims),
                         JWS_GOOD);
        assert_string_equal(json_string_value(json_object_get(claims, "sub")), "42");
        json_decref(claims);
        assert_int_equal(verdict_of(signed_by(ec, "ES256", "e", "{}"), OIDC_ES256), JWS_GOOD);
}

static void the_algorithm_is_the_configured_one(void **state)
{
        (void)state;
        assert_int_equal(verdict_of(signed_by(ec, "ES256", "e", "{}"), OIDC_RS256), JWS_WRONG_ALG);
        assert_int_equal(verdict_of(signed_by(rsa, "RS256", "r", "{}"), OIDC_ES256), JWS_WRONG_ALG);
        assert_int_equal(verdict_of(signed_by(rsa, "RS384", "r", "{}"), OIDC_RS256), JWS_WRONG_ALG);
        assert_int_equal(verdict_of(signed_by(rsa, "PS256", "r", "{}"), OIDC_RS256), JWS_WRONG_ALG);
}

static void none_is_none(void **state)
{
        static const char *const heads[] = {"{\"alg\":\"none\",\"kid\":\"r\"}", "{\"alg\":\"None\",\"kid\":\"r\"}",
                                            "{\"kid\":\"r\"}", "{\"alg\":null,\"kid\":\"r\"}",
                                            "{\"alg\":[\"RS256\"],\"kid\":\"r\"}"};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
                const char *said = encoded("{}");
                assert_int_equal(verdict_of_text(arena_printf(&arena, "%s.%s.", encoded(heads[i]), said), OIDC_RS256),
                                 JWS_MALFORMED); /* it has no signature */
                assert_int_equal(
                        verdict_of_text(arena_printf(&arena, "%s.%s.AAAA", encoded(heads[i]), said), OIDC_RS256),
                        JWS_WRONG_ALG);
        }
}

/* Security: the public key taken for a shared secret. */
static void a_public_key_is_no_secret(void **state)
{
        cjose_err err;
        char *text = cjose_jwk_to_json(rsa, false, &err);
        cjose_jwk_t *secret = cjose_jwk_create_oct_spec((const uint8_t *)text, strlen(text), &err);
        (void)state;
        assert_int_equal(verdict_of(signed_by(secret, "HS256", "r", "{}"), OIDC_RS256), JWS_WRONG_ALG);
        assert_int_equal(verdict_of(signed_by(secret, "HS256", "e", "{}"), OIDC_ES256), JWS_WRONG_ALG);
        (void)cjose_jwk_release(secret);
        free(text);
}

static void keys_of_another_kind(void **state)
{
        (void)state;
        assert_int_equal(verdict_of(signed_by(rsa, "RS256", "x", "{}"), OIDC_RS256), JWS_UNKNOWN_KEY);
        assert_int_equal(verdict_of(signed_by(rsa, "RS256", "e", "{}"), OIDC_RS256), JWS_UNKNOWN_KEY);
        assert_int_equal(verdict_of(signed_by(small, "RS256", "s", "{}"), OIDC_RS256), JWS_UNKNOWN_KEY); /* too small */
        assert_int_equal(verdict_of(signed_by(rsa, "RS256", NULL, "{}"), OIDC_RS256), JWS_MALFORMED);
}

static void what_a_key_says_of_itself(void **state)
{
        static const char *const members[][2] = {{"use", "enc"}, {"alg", "RS512"}, {"kty", "EC"},
                                                 {"n", "AQAB"},  {"n", "AQ=AB"},   {"n", "AQABA"},
                                                 {"n", ""},      {"e", "A"},       {"e", "AQABAQABAQAB"}};
        struct slice compact = signed_by(rsa, "RS256", "r", "{}");
        json_t *claims;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
                json_t *key = shown(rsa, "r");
                assert_int_equal(json_object_set_new(key, members[i][0], json_string(members[i][1])), 0);
                json_t *set = json_pack("[o]", key);
                assert_int_equal(jws_open(compact, OIDC_RS256, set, &claims), JWS_UNKNOWN_KEY);
                json_decref(set);
        }
        static const char *const points[] = {"AA", "", "4V2gRlwjCjwVPfTTGK-3QaLGbd6E3ga-0Qbz8MAAAAA"};
        for (size_t i = 0; i < ARRAY_SIZE(points); i++) { /* too short, none, not on the curve */
                json_t *key = shown(ec, "e");
                assert_int_equal(json_object_set_new(key, "x", json_string(points[i])), 0);
                json_t *odd = json_pack("[o]", key);
                assert_int_equal(jws_open(signed_by(ec, "ES256", "e", "{}"), OIDC_ES256, odd, &claims),
                                 JWS_UNKNOWN_KEY);
                json_decref(odd);
        }
        json_t *curve = shown(ec, "e");
        assert_int_equal(json_object_set_new(curve, "crv", json_string("P-384")), 0);
        json_t *set = json_pack("[o]", curve);
        assert_int_equal(jws_open(signed_by(ec, "ES256", "e", "{}"), OIDC_ES256, set, &claims), JWS_UNKNOWN_KEY);
        json_decref(set);
}

static void changed_on_the_way(void **state)
{
        struct slice compact = signed_by(rsa, "RS256", "r", "{\"sub\":\"42\"}");
        cjose_err err;
        cjose_jwk_t *other = cjose_jwk_create_RSA_random(2048, NULL, 0, &err);
        (void)state;
        const char *text = (const char *)compact.data;
        const char *body = strchr(text, '.') + 1, *signature = strrchr(text, '.');
        assert_int_equal(verdict_of_text(arena_printf(&arena, "%.*s%s%s", (int)(body - text), text,
                                                      encoded("{\"sub\":\"43\"}"), signature),
                                         OIDC_RS256),
                         JWS_FORGED);
        assert_int_equal(verdict_of_text(arena_printf(&arena, "%.*s.AAAA", (int)(signature - text), text), OIDC_RS256),
                         JWS_FORGED);
        assert_int_equal(verdict_of(signed_by(other, "RS256", "r", "{}"), OIDC_RS256), JWS_FORGED);
        (void)cjose_jwk_release(other);
}

static void what_is_no_compact_form(void **state)
{
        static const char *const bad[] = {"",       ".",      "..",      "a.b",     "a..b",      "a.b.c.d",
                                          "a.b.c=", "a.b.c ", "a.b.c\n", "ab.cd.e", "ab.cd.ef=", "ab.c=d.ef",
                                          ".a.b",   "a.b.",   "a.b.c.",  "{}"};
        static const char *const heads[] = {"[]",
                                            "{",
                                            "{\"alg\":\"RS256\",\"kid\":\"r\",\"crit\":[\"b64\"],\"b64\":false}",
                                            "{\"alg\":\"RS256\",\"kid\":\"r\",\"b64\":true}",
                                            "{\"alg\":\"HS256\",\"alg\":\"RS256\",\"kid\":\"r\"}",
                                            "{\"alg\":\"RS256\",\"kid\":\"\"}"};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_int_equal(verdict_of_text(bad[i], OIDC_RS256), JWS_MALFORMED);
        for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
                assert_int_equal(verdict_of_text(arena_printf(&arena, "%s.e30.AAAA", encoded(heads[i])), OIDC_RS256),
                                 JWS_MALFORMED);
        assert_int_equal(verdict_of(signed_by(rsa, "RS256", "r", "[]"), OIDC_RS256), JWS_MALFORMED);
        assert_int_equal(verdict_of(signed_by(rsa, "RS256", "r", "{\"a\":1,\"a\":2}"), OIDC_RS256), JWS_MALFORMED);
        char *longer = arena_alloc(&arena, JWS_MAX + 1);
        memset(longer, 'a', JWS_MAX + 1);
        longer[4] = longer[8] = '.';
        assert_int_equal(verdict_of(slice_of(longer, JWS_MAX + 1), OIDC_RS256), JWS_MALFORMED);
}

static void sets_of_keys(void **state)
{
        static const char *const bad[] = {
                "", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[1]", "{\"keys\":[],\"keys\":[]}"};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_null(jws_keys(slice_of_text(bad[i])));
        json_t *set = jws_keys(slice_of_text("{\"keys\":[1,{\"kid\":2},{\"kid\":\"r\",\"kty\":\"RSA\"}]}"));
        json_t *claims;
        assert_non_null(set);
        assert_int_equal(jws_open(signed_by(rsa, "RS256", "r", "{}"), OIDC_RS256, set, &claims), JWS_UNKNOWN_KEY);
        json_decref(set);
        json_t *many = json_pack("{s:[]}", "keys");
        for (size_t i = 0; i <= JWS_KEYS_MAX; i++)
                assert_int_equal(json_array_append_new(json_object_get(many, "keys"), json_object()), 0);
        char *text = json_dumps(many, 0);
        assert_null(jws_keys(slice_of_text(text)));
        free(text);
        json_decref(many);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(good_ones),
                cmocka_unit_test(the_algorithm_is_the_configured_one),
                cmocka_unit_test(none_is_none),
                cmocka_unit_test(a_public_key_is_no_secret),
                cmocka_unit_test(keys_of_another_kind),
                cmocka_unit_test(what_a_key_says_of_itself),
                cmocka_unit_test(changed_on_the_way),
                cmocka_unit_test(what_is_no_compact_form),
                cmocka_unit_test(sets_of_keys),
        };
        return cmocka_run_group_tests(tests, open_keys, close_keys);
}
