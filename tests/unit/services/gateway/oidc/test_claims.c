/* What a token says against what was asked: each claim that does not fit is named, whatever the others say. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/oidc/claims.h"

enum { NOW_S = 1700000000 };
static const struct oidc_provider provider = {
        .name = "a",
        .issuer = "https://connect.example.fr",
        .client_id = "guichet",
        .identity_claim = "idp_id",
        .userinfo = OIDC_USERINFO_JWT,
        .acr = {"eidas2"},
        .acr_count = 1,
        .amr = {"mfa"},
        .amr_count = 1,
};
static const struct claims_wanted wanted = {&provider, "the-nonce", "the-access-token", NOW_S * 1000LL};

static json_t *good(void)
{
        return json_pack("{s:s, s:s, s:s, s:s, s:i, s:i}", "iss", provider.issuer, "aud", "guichet", "sub", "42",
                         "nonce", "the-nonce", "exp", NOW_S + 60, "iat", NOW_S - 1);
}

/* Takes the reference of `value`; NULL: without that claim. */
static const char *with(const char *name, json_t *value, struct arena *arena, struct identity *ret)
{
        json_t *claims = good();
        if (value == NULL)
                assert_int_equal(json_object_del(claims, name), 0);
        else
                assert_int_equal(json_object_set_new(claims, name, value), 0);
        const char *flaw = claims_of_token(claims, &wanted, arena, ret);
        json_decref(claims);
        return flaw;
}

static void a_good_one(void **state)
{
        struct arena arena = {0};
        struct identity identity;
        (void)state;
        assert_null(with("email", json_string("a@b.fr"), &arena, &identity));
        assert_string_equal(identity.issuer, provider.issuer);
        assert_string_equal(identity.subject, "42");
        assert_string_equal(identity.mail, "a@b.fr");
        assert_string_equal(identity.identity_provider, "");
        assert_false(identity.second_factor_shown);
        assert_string_equal(claims_missing(&provider, &identity), "idp_id");
        arena_fini(&arena);
}

static json_t *times(int from_now_s)
{
        return json_integer(NOW_S + from_now_s);
}

static void what_does_not_fit_is_named(void **state)
{
        struct {
                const char *claim;
                json_t *value;
        } cases[] = {
                {"iss", NULL},
                {"iss", json_string("https://connect.example.fr/")},
                {"iss", json_pack("[s]", provider.issuer)},
                {"aud", NULL},
                {"aud", json_string("another")},
                {"aud", json_pack("[]")},
                {"aud", json_pack("[s, s]", "another", "guichet")}, /* for several, and no azp */
                {"aud", json_pack("{s:s}", "guichet", "guichet")},
                {"azp", json_string("another")},
                {"azp", json_integer(1)},
                {"exp", NULL},
                {"exp", times(-61)},
                {"exp", json_string("1800000000")},
                {"exp", json_real(1e300)},
                {"exp", json_integer(-1)},
                {"iat", NULL},
                {"iat", times(62)},
                {"iat", times(-3600)},
                {"nbf", times(62)},
                {"nonce", NULL},
                {"nonce", json_string("")},
                {"nonce", json_string("the-noncE")},
                {"nonce", json_string("the-nonce2")},
                {"at_hash", json_string("AAAAAAAAAAAAAAAAAAAAAA")},
                {"at_hash", json_integer(1)},
                {"sub", NULL},
                {"sub", json_string("")},
                {"sub", json_string("a\nb")},
                {"sub", json_integer(42)},
                {"idp_id", json_string("")},
                {"idp_id", json_integer(7)},
        };
        struct arena arena = {0};
        struct identity identity;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const char *flaw = with(cases[i].claim, cases[i].value, &arena, &identity);
                if (flaw == NULL || strcmp(flaw, cases[i].claim) != 0)
                        fail_msg("case %zu: %s, not %s", i, flaw, cases[i].claim);
        }
        arena_fini(&arena);
}

static void what_fits(void **state)
{
        struct {
                const char *claim;
                json_t *value;
        } cases[] = {
                {"aud", json_pack("[s]", "guichet")},
                {"azp", json_string("guichet")},
                {"exp", times(-59)}, /* a clock may be wrong */
                {"exp", json_real(NOW_S + 0.5)},
                {"at_hash", json_string("uby9Z8Gb_H_x4fPjwNzguw")},
                {"nbf", times(1)},
                {"email", json_string("no address")},
                {"email", json_string("a@b\n")},
        };
        struct arena arena = {0};
        struct identity identity;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const char *flaw = with(cases[i].claim, cases[i].value, &arena, &identity);
                if (flaw != NULL)
                        fail_msg("case %zu: %s", i, flaw);
                assert_string_equal(identity.mail, "");
        }
        arena_fini(&arena);
}

static void for_several_with_azp(void **state)
{
        struct arena arena = {0};
        struct identity identity;
        json_t *claims = good();
        (void)state;
        assert_int_equal(json_object_set_new(claims, "aud", json_pack("[s, s]", "another", "guichet")), 0);
        assert_int_equal(json_object_set_new(claims, "azp", json_string("guichet")), 0);
        assert_null(claims_of_token(claims, &wanted, &arena, &identity));
        json_decref(claims);
        arena_fini(&arena);
}

static bool shown(const char *claim, json_t *value)
{
        struct arena arena = {0};
        struct identity identity;
        assert_null(with(claim, value, &arena, &identity));
        arena_fini(&arena);
        return identity.second_factor_shown;
}

static void second_factors(void **state)
{
        (void)state;
        assert_true(shown("acr", json_string("eidas2")));
        assert_false(shown("acr", json_string("eidas1")));
        assert_false(shown("acr", json_pack("[s]", "eidas2")));
        assert_true(shown("amr", json_pack("[s, s]", "pwd", "mfa")));
        assert_false(shown("amr", json_pack("[s]", "pwd")));
        assert_false(shown("amr", json_string("mfa")));
        assert_false(shown("amr", json_pack("[i]", 1)));
}

/* What userinfo says besides. Takes the reference. */
static const char *userinfo(json_t *claims, struct arena *arena, struct identity *identity)
{
        const char *flaw = claims_of_userinfo(claims, &wanted, arena, identity);
        json_decref(claims);
        return flaw;
}

static void userinfo_adds(void **state)
{
        struct arena arena = {0};
        struct identity identity;
        const char *issuer = provider.issuer;
        (void)state;
        assert_null(with("acr", json_string("eidas2"), &arena, &identity));
        assert_string_equal(
                userinfo(json_pack("{s:s, s:s, s:s}", "iss", issuer, "aud", "guichet", "sub", "43"), &arena, &identity),
                "sub");
        assert_string_equal(
                userinfo(json_pack("{s:s, s:s, s:s}", "iss", "x", "aud", "guichet", "sub", "42"), &arena, &identity),
                "iss");
        assert_string_equal(
                userinfo(json_pack("{s:s, s:s, s:s}", "iss", issuer, "aud", "x", "sub", "42"), &arena, &identity),
                "aud");
        assert_string_equal(userinfo(json_pack("{s:s, s:s, s:s, s:i}", "iss", issuer, "aud", "guichet", "sub", "42",
                                               "exp", NOW_S - 61),
                                     &arena, &identity),
                            "exp");
        assert_null(userinfo(json_pack("{s:s, s:s, s:s, s:s, s:s}", "iss", issuer, "aud", "guichet", "sub", "42",
                                       "email", "a@b.fr", "idp_id", "some-ministry"),
                             &arena, &identity));
        assert_string_equal(identity.mail, "a@b.fr");
        assert_string_equal(identity.identity_provider, "some-ministry");
        assert_true(identity.second_factor_shown);
        assert_null(claims_missing(&provider, &identity));
        assert_string_equal(userinfo(json_pack("{s:s, s:s, s:s, s:s}", "iss", issuer, "aud", "guichet", "sub", "42",
                                               "idp_id", "another"),
                                     &arena, &identity),
                            "idp_id"); /* not what was said before */
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_good_one),     cmocka_unit_test(what_does_not_fit_is_named),
                cmocka_unit_test(what_fits),      cmocka_unit_test(for_several_with_azp),
                cmocka_unit_test(second_factors), cmocka_unit_test(userinfo_adds),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
