/* Providers as the operator's file says them: each message names the key; and what a provider says of itself. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "services/gateway/oidc/provider.h"

static char directory[] = "/tmp/guichet-oidc-XXXXXX";
static char path[64], secret[64];

static void write_file(const char *name, const char *text, mode_t mode)
{
        FILE *file = fopen(name, "we");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(chmod(name, mode), 0);
}

static int open_directory(void **state)
{
        (void)state;
        assert_non_null(mkdtemp(directory));
        (void)snprintf(path, sizeof(path), "%s/providers.json", directory);
        (void)snprintf(secret, sizeof(secret), "%s/secret", directory);
        write_file(secret, "s3cret\n", 0600);
        return 0;
}

static int drop_directory(void **state)
{
        (void)state;
        (void)unlink(path);
        (void)unlink(secret);
        return rmdir(directory);
}

#define GOOD                                                                                                           \
        "\"name\":\"agency\",\"label\":\"Agence\",\"profile\":\"generic\","                                            \
        "\"issuer\":\"https://connect.example.fr/v2\",\"client_id\":\"guichet\","                                      \
        "\"redirect_uri\":\"https://guichet.example.fr/v1/oidc/agency/callback\""

/* A file with one provider of these members and the secret's file. */
static int load(const char *members, struct arena *arena, struct oidc_providers *ret, struct err_info *info)
{
        char *text = arena_printf(arena, "{\"providers\":[{%s,\"client_secret_file\":\"%s\"}]}", members, secret);
        write_file(path, text, 0644);
        return providers_load(path, arena, ret, info);
}

static void a_generic_one(void **state)
{
        struct arena arena = {0};
        struct oidc_providers providers;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(load(GOOD, &arena, &providers, &info), 0);
        assert_int_equal(providers.count, 1);
        const struct oidc_provider *provider = providers_find(&providers, "agency");
        assert_ptr_equal(provider, &providers.all[0]);
        assert_string_equal(provider->client_secret, "s3cret");
        assert_string_equal(provider->scope, "openid email");
        assert_string_equal(provider->identity_claim, "");
        assert_true(provider->pkce);
        assert_false(provider->secret_in_body);
        assert_int_equal(provider->alg, OIDC_RS256);
        assert_int_equal(provider->userinfo, OIDC_USERINFO_NONE);
        assert_int_equal(provider->acr_count + provider->amr_count, 0); /* own second factor always */
        assert_string_equal(provider_discovery_address(provider, &arena),
                            "https://connect.example.fr/v2/.well-known/openid-configuration");
        assert_null(providers_find(&providers, "other"));
        arena_fini(&arena);
}

static void proconnect(void **state)
{
        struct arena arena = {0};
        struct oidc_providers providers;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(load("\"name\":\"proconnect\",\"profile\":\"proconnect\",\"client_id\":\"g\","
                              "\"issuer\":\"https://auth.agentconnect.gouv.fr/api/v2\",\"alg\":\"ES256\","
                              "\"redirect_uri\":\"https://guichet.example.fr/v1/oidc/proconnect/callback\"",
                              &arena, &providers, &info),
                         0);
        const struct oidc_provider *provider = &providers.all[0];
        assert_string_equal(provider->label, "ProConnect");
        assert_string_equal(provider->identity_claim, "idp_id");
        assert_string_equal(provider->claims, "{\"id_token\":{\"amr\":null}}");
        assert_false(provider->pkce);
        assert_true(provider->secret_in_body);
        assert_int_equal(provider->alg, OIDC_ES256);
        assert_int_equal(provider->userinfo, OIDC_USERINFO_JWT);
        assert_int_equal(provider->acr_count, 4);
        assert_int_equal(provider->amr_count, 1);

        const struct oidc_endpoints endpoints = {.authorization = "https://auth.agentconnect.gouv.fr/api/v2/authorize"};
        const struct oidc_authorization asked = {"S", "N", "C"};
        assert_string_equal(provider_authorization_address(provider, &endpoints, &asked, &arena),
                            "https://auth.agentconnect.gouv.fr/api/v2/authorize?response_type=code&client_id=g"
                            "&redirect_uri=https%3A%2F%2Fguichet.example.fr%2Fv1%2Foidc%2Fproconnect%2Fcallback"
                            "&scope=openid%20email%20idp_id&state=S&nonce=N"
                            "&claims=%7B%22id_token%22%3A%7B%22amr%22%3Anull%7D%7D");
        arena_fini(&arena);
}

static void pkce_is_a_switch(void **state)
{
        struct arena arena = {0};
        struct oidc_providers providers;
        struct err_info info = {0};
        const struct oidc_endpoints endpoints = {.authorization = "https://connect.example.fr/a?x=y"};
        const struct oidc_authorization asked = {"S", "N", "C"};
        (void)state;
        assert_int_equal(load(GOOD, &arena, &providers, &info), 0);
        const char *with = provider_authorization_address(&providers.all[0], &endpoints, &asked, &arena);
        assert_non_null(strstr(with, "/a?x=y&response_type=code"));
        assert_non_null(strstr(with, "&code_challenge=C&code_challenge_method=S256"));
        assert_int_equal(load(GOOD ",\"pkce\":false", &arena, &providers, &info), 0);
        const char *without = provider_authorization_address(&providers.all[0], &endpoints, &asked, &arena);
        assert_null(strstr(without, "code_challenge"));
        arena_fini(&arena);
}

static void what_is_wrong_is_named(void **state)
{
        static const struct {
                const char *members;
                const char *named;
        } cases[] = {
                {"\"name\":\"Agence 1\"", "\"name\" is not 1 to 32"},
                {"\"profile\":\"generic\"", "\"name\" is missing"},
                {"\"name\":\"a\"", "\"profile\" is missing"},
                {"\"name\":\"a\",\"profile\":\"keycloak\"", "\"profile\" is none of generic, proconnect"},
                {"\"name\":\"a\",\"profile\":\"generic\"", "\"label\" is missing"},
                {"\"name\":\"a\",\"profile\":\"proconnect\"", "\"issuer\" is missing"},
                {"\"name\":\"a\",\"profile\":\"proconnect\",\"issuer\":\"http://connect.example.fr\"",
                 "\"client_id\" is missing"},
                {GOOD ",\"pkce\":\"yes\"", "\"pkce\" is neither true nor false"},
                {GOOD ",\"alg\":\"HS256\"", "\"alg\" is none of RS256, ES256"},
                {GOOD ",\"alg\":\"none\"", "\"alg\" is none of RS256, ES256"},
                {GOOD ",\"userinfo\":true", "\"userinfo\" is not a text"},
                {GOOD ",\"scope\":\"email openidx\"", "\"scope\" does not hold the word openid"},
                {GOOD ",\"claims\":\"x\"", "\"claims\" is not an object"},
                {GOOD ",\"origins\":[\"http://keys.example.fr\"]", "\"origins\" holds what is not an origin"},
                {GOOD ",\"origins\":[\"https://keys.example.fr/\"]", "\"origins\" holds what is not an origin"},
                {GOOD ",\"origins\":\"https://keys.example.fr\"", "\"origins\" is not a list"},
                {GOOD ",\"second_factor\":{\"acr\":\"eidas2\"}", "\"acr\" is not a list"},
                {GOOD ",\"second_factor\":{\"arc\":[]}", "\"arc\" is no key"},
                {GOOD ",\"client_secret\":\"s3cret\"", "\"client_secret\" is no key"},
        };
        struct arena arena = {0};
        struct oidc_providers providers;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct err_info info = {0};
                assert_int_equal(load(cases[i].members, &arena, &providers, &info), ERR_CONFIG);
                if (strstr(info.text, cases[i].named) == NULL)
                        fail_msg("case %zu: %s", i, info.text);
                assert_null(strstr(info.text, "s3cret"));
        }
        arena_fini(&arena);
}

static void addresses_are_looked_at(void **state)
{
        static const char *const bad[][3] = {
                {"http://connect.example.fr", "https://g.example/v1/oidc/a/callback", "\"issuer\""},
                {"https://connect.example.fr?x", "https://g.example/v1/oidc/a/callback", "\"issuer\""},
                {"https://connect.example.fr", "http://g.example/v1/oidc/a/callback", "\"redirect_uri\""},
                {"https://connect.example.fr", "https://g.example/v1/oidc/b/callback", "\"redirect_uri\""},
                {"https://connect.example.fr", "https://g.example/v1/oidc/a/callback/", "\"redirect_uri\""},
        };
        struct arena arena = {0};
        struct oidc_providers providers;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                struct err_info info = {0};
                const char *members =
                        arena_printf(&arena,
                                     "\"name\":\"a\",\"profile\":\"proconnect\",\"client_id\":\"g\",\"issuer\":\"%s\","
                                     "\"redirect_uri\":\"%s\"",
                                     bad[i][0], bad[i][1]);
                assert_int_equal(load(members, &arena, &providers, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, bad[i][2]));
        }
        arena_fini(&arena);
}

static void a_secret_is_ones_own(void **state)
{
        static const struct {
                const char *text;
                mode_t mode;
                const char *named;
        } cases[] = {
                {"s3cret\n", 0640, "chmod 600"}, {"s3cret\n", 0604, "chmod 600"},      {"\n", 0600, "first line"},
                {"", 0600, "first line"},        {"s3\x01cret\n", 0600, "first line"},
        };
        struct arena arena = {0};
        struct oidc_providers providers;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct err_info info = {0};
                write_file(secret, cases[i].text, cases[i].mode);
                assert_int_equal(load(GOOD, &arena, &providers, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, cases[i].named));
        }
        struct err_info info = {0};
        assert_int_equal(unlink(secret), 0);
        assert_int_equal(load(GOOD, &arena, &providers, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "No such file"));
        write_file(secret, "s3cret\n", 0600);
        arena_fini(&arena);
}

static void the_file_itself(void **state)
{
        static const char *const bad[] = {
                "",
                "[]",
                "{\"providers\":[]}",
                "{\"providers\":{}}",
                "{\"providers\":[1]}",
                "{\"providers\":[{}],\"more\":1}",
                "{\"providers\":[{\"name\":\"a\",\"name\":\"b\"}]}",
        };
        struct arena arena = {0};
        struct oidc_providers providers;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                struct err_info info = {0};
                write_file(path, bad[i], 0644);
                assert_int_equal(providers_load(path, &arena, &providers, &info), ERR_CONFIG);
                assert_true(strncmp(info.text, "oidc: ", 6) == 0);
        }
        struct err_info info = {0};
        char *twice = arena_printf(&arena,
                                   "{\"providers\":[{" GOOD ",\"client_secret_file\":\"%s\"},"
                                   "{" GOOD ",\"client_secret_file\":\"%s\"}]}",
                                   secret, secret);
        write_file(path, twice, 0644);
        assert_int_equal(providers_load(path, &arena, &providers, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "stands twice"));
        assert_int_equal(providers_load("/nowhere/at-all.json", &arena, &providers, &info), ERR_CONFIG);
        arena_fini(&arena);
}

/* ---- metadata */

#define ABOUT(issuer, token, keys, userinfo)                                                                           \
        "{\"issuer\":\"" issuer                                                                                        \
        "\",\"authorization_endpoint\":\"https://connect.example.fr/a\",\"token_endpoint\":\"" token                   \
        "\",\"jwks_uri\":\"" keys "\",\"userinfo_endpoint\":" userinfo "}"
#define OWN "https://connect.example.fr"

static void endpoints_lie_where_they_may(void **state)
{
        static const struct {
                const char *document;
                const char *flaw;
        } cases[] = {
                {ABOUT(OWN "/v2", OWN "/t", "https://keys.example.fr/k", "\"" OWN "/u\""), NULL},
                {ABOUT(OWN "/v2/", OWN "/t", OWN "/k", "\"" OWN "/u\""), "issuer"},
                {ABOUT(OWN "/v2", "https://evil.example/t", OWN "/k", "\"" OWN "/u\""), "token_endpoint"},
                {ABOUT(OWN "/v2", "http://connect.example.fr/t", OWN "/k", "\"" OWN "/u\""), "token_endpoint"},
                {ABOUT(OWN "/v2", OWN "/t", "http://169.254.169.254/", "\"" OWN "/u\""), "jwks_uri"},
                {ABOUT(OWN "/v2", OWN "/t", OWN "/k", "null"), "userinfo_endpoint"},
                {ABOUT(OWN "/v2", OWN "/t", OWN "/k", "[\"" OWN "/u\"]"), "userinfo_endpoint"},
                {"{}", "issuer"},
                {"{\"issuer\":\"" OWN "/v2\"}", "authorization_endpoint"},
        };
        struct arena arena = {0};
        struct oidc_providers providers;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(load(GOOD ",\"userinfo\":\"json\",\"origins\":[\"https://keys.example.fr\"]", &arena,
                              &providers, &info),
                         0);
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                json_t *document = json_loads(cases[i].document, 0, NULL);
                struct oidc_endpoints endpoints;
                const char *flaw = provider_endpoints(&providers.all[0], document, &endpoints);
                if (cases[i].flaw == NULL)
                        assert_null(flaw);
                else
                        assert_string_equal(flaw, cases[i].flaw);
                json_decref(document);
        }
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_generic_one),           cmocka_unit_test(proconnect),
                cmocka_unit_test(pkce_is_a_switch),        cmocka_unit_test(what_is_wrong_is_named),
                cmocka_unit_test(addresses_are_looked_at), cmocka_unit_test(a_secret_is_ones_own),
                cmocka_unit_test(the_file_itself),         cmocka_unit_test(endpoints_lie_where_they_may),
        };
        return cmocka_run_group_tests(tests, open_directory, drop_directory);
}
