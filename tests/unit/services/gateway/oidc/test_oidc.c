/* To a provider and back: what is asked of it, how often, and what is kept; the clock is the test's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <cjose/header.h>
#include <cjose/jwk.h>
#include <cjose/jws.h>
#include <sys/stat.h>

#include "services/gateway/oidc/oidc.h"
#include "tests/unit/services/gateway/oidc/http_peer.h"

static uv_loop_t loop;
static struct peer peer;
static struct world world;
static struct oidc *oidc;
static struct arena arena;
static cjose_jwk_t *first, *second;
static char directory[64];

#define JSON "Content-Type: application/json\r\n"

static void write_file(const char *name, const char *text)
{
        FILE *file = fopen(arena_printf(&arena, "%s/%s", directory, name), "we");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0 && fchmod(fileno(file), 0600) == 0 && fclose(file) == 0);
}

static char *keys_of(const cjose_jwk_t *key, const char *kid)
{
        cjose_err err;
        char *text = cjose_jwk_to_json(key, false, &err);
        char *set = arena_printf(&arena, "{\"keys\":[{\"kid\":\"%s\",%s]}", kid, text + 1);
        free(text);
        return set;
}

static char *issuer(void)
{
        return arena_printf(&arena, "http://127.0.0.1:%u", peer.port);
}

static int open_all(void **state)
{
        cjose_err err;
        struct err_info info = {0};
        (void)state;
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-oidc-XXXXXX");
        assert_non_null(mkdtemp(directory));
        assert_int_equal(uv_loop_init(&loop), 0);
        peer_open(&peer);
        world = world_seeded(7, 1700000000000);
        world.now_ms_value = 1700000000000;
        first = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &err);
        second = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &err);
        write_file("secret", "s3cret\n");
        write_file("providers.json",
                   arena_printf(
                           &arena,
                           "{\"providers\":[{\"name\":\"a\",\"label\":\"A\",\"profile\":\"generic\",\"alg\":\"ES256\","
                           "\"issuer\":\"%s\",\"client_id\":\"guichet\",\"client_secret_file\":\"secret\","
                           "\"redirect_uri\":\"http://127.0.0.1:8080/v1/oidc/a/callback\"}]}",
                           issuer()));
        const struct passages passages = {&world, "a key of all gateways"};
        oidc = oidc_new(&loop, &passages, arena_printf(&arena, "%s/providers.json", directory), &info);
        assert_non_null(oidc);
        peer_say(&peer, "/.well-known/openid-configuration", "200 OK", JSON,
                 arena_printf(&arena,
                              "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a\",\"token_endpoint\":\"%s/t\","
                              "\"jwks_uri\":\"%s/k\"}",
                              issuer(), issuer(), issuer(), issuer()));
        peer_say(&peer, "/k", "200 OK", JSON, keys_of(first, "1"));
        return 0;
}

static int close_all(void **state)
{
        (void)state;
        oidc_free(oidc);
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(uv_loop_close(&loop), 0);
        peer_close(&peer);
        (void)cjose_jwk_release(first);
        (void)cjose_jwk_release(second);
        (void)unlink(arena_printf(&arena, "%s/secret", directory));
        (void)unlink(arena_printf(&arena, "%s/providers.json", directory));
        (void)rmdir(directory);
        arena_fini(&arena);
        return 0;
}

/* ---- one who comes */

static unsigned calls;
static enum oidc_outcome outcome;
static char subject[64], address[1024];

static void on_sent(void *argument, enum oidc_outcome got, const char *to)
{
        (void)argument;
        calls++;
        outcome = got;
        (void)snprintf(address, sizeof(address), "%s", to == NULL ? "" : to);
}

static void on_told(void *argument, enum oidc_outcome got, const struct identity *identity)
{
        (void)argument;
        calls++;
        outcome = got;
        (void)snprintf(subject, sizeof(subject), "%s", identity == NULL ? "" : identity->subject);
}

static void run(void)
{
        assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
}

static enum oidc_outcome away(struct flow_begun *ret)
{
        static const struct flow_holder nobody;
        flow_begin(oidc_passages(oidc), "a", &nobody, &arena, ret);
        calls = 0;
        oidc_send(oidc, 0, ret, on_sent, NULL);
        run();
        assert_int_equal(calls, 1);
        return outcome;
}

static char *signed_by(const cjose_jwk_t *key, const char *kid, const char *nonce)
{
        cjose_err err;
        const char *text;
        long long now = world.now_ms_value / 1000;
        char *said = arena_printf(&arena,
                                  "{\"iss\":\"%s\",\"aud\":\"guichet\",\"sub\":\"42\",\"nonce\":\"%s\",\"iat\":%lld,"
                                  "\"exp\":%lld}",
                                  issuer(), nonce, now, now + 60);
        cjose_header_t *head = cjose_header_new(&err);
        assert_true(cjose_header_set(head, CJOSE_HDR_ALG, "ES256", &err));
        assert_true(cjose_header_set(head, CJOSE_HDR_KID, kid, &err));
        cjose_jws_t *jws = cjose_jws_sign(key, head, (const uint8_t *)said, strlen(said), &err);
        assert_true(jws != NULL && cjose_jws_export(jws, &text, &err));
        char *kept = arena_text(&arena, text);
        cjose_jws_release(jws);
        cjose_header_release(head);
        return kept;
}

/* From away to back, with a token that this key signs. */
static enum oidc_outcome come_by(const cjose_jwk_t *key, const char *kid)
{
        struct flow_begun begun;
        struct flow flow;
        assert_int_equal(away(&begun), OIDC_DONE);
        const struct flow_shown shown = {begun.state, begun.cookie};
        assert_int_equal(flow_take(oidc_passages(oidc), "a", &shown, &flow), FLOW_TAKEN);
        peer_say(&peer, "/t", "200 OK", JSON,
                 arena_printf(&arena, "{\"access_token\":\"abc\",\"id_token\":\"%s\"}",
                              signed_by(key, kid, begun.nonce)));
        calls = 0;
        const struct oidc_back back = {0, &flow, "a code&"};
        oidc_exchange(oidc, &back, on_told, NULL);
        run();
        assert_int_equal(calls, 1);
        return outcome;
}

static void there_and_back(void **state)
{
        (void)state;
        assert_int_equal(come_by(first, "1"), OIDC_DONE);
        assert_string_equal(subject, "42");
        assert_true(strncmp(address, arena_printf(&arena, "%s/a?response_type=code&", issuer()), 30) == 0);
        const char *request = peer_path(&peer, "/t")->request;
        assert_non_null(strstr(request, "grant_type=authorization_code&code=a%20code%26&"));
        assert_non_null(strstr(request, "&code_verifier="));
        assert_null(strstr(request, "client_secret"));
}

static void what_it_says_of_itself_is_kept_for_an_hour(void **state)
{
        (void)state;
        assert_int_equal(come_by(first, "1"), OIDC_DONE);
        assert_int_equal(come_by(first, "1"), OIDC_DONE);
        assert_int_equal(peer_asked(&peer, "/.well-known/openid-configuration"), 1);
        assert_int_equal(peer_asked(&peer, "/k"), 1);
        world.now_ms_value += OIDC_KEPT_MS;
        assert_int_equal(come_by(first, "1"), OIDC_DONE);
        assert_int_equal(peer_asked(&peer, "/.well-known/openid-configuration"), 2);
        assert_int_equal(peer_asked(&peer, "/k"), 2);
}

static void a_new_key_is_learnt_once_a_minute(void **state)
{
        (void)state;
        assert_int_equal(come_by(first, "1"), OIDC_DONE);
        peer_say(&peer, "/k", "200 OK", JSON, keys_of(second, "2"));
        assert_int_equal(come_by(second, "2"), OIDC_UNPROVEN); /* asked for a moment ago */
        assert_int_equal(peer_asked(&peer, "/k"), 1);
        world.now_ms_value += OIDC_AGAIN_MS;
        assert_int_equal(come_by(second, "2"), OIDC_DONE);
        assert_int_equal(peer_asked(&peer, "/k"), 2);
        assert_int_equal(come_by(first, "1"), OIDC_UNPROVEN); /* shown no more */
        assert_int_equal(peer_asked(&peer, "/k"), 2);
}

/* A provider that cannot show its keys for a moment loses nobody whose key is known. */
static void keys_outlive_a_failure(void **state)
{
        (void)state;
        assert_int_equal(come_by(first, "1"), OIDC_DONE);
        peer_say(&peer, "/k", "500 No", JSON, "{}");
        world.now_ms_value += OIDC_AGAIN_MS;
        assert_int_equal(come_by(second, "2"), OIDC_SILENT);
        assert_int_equal(come_by(first, "1"), OIDC_DONE);
        world.now_ms_value += OIDC_KEPT_MS;
        assert_int_equal(come_by(first, "1"), OIDC_SILENT); /* too old */
}

static void metadata_that_leads_elsewhere(void **state)
{
        struct flow_begun begun;
        (void)state;
        peer_say(&peer, "/.well-known/openid-configuration", "200 OK", JSON,
                 arena_printf(&arena,
                              "{\"issuer\":\"%s\",\"authorization_endpoint\":\"https://evil.example/a\","
                              "\"token_endpoint\":\"%s/t\",\"jwks_uri\":\"%s/k\"}",
                              issuer(), issuer(), issuer()));
        assert_int_equal(away(&begun), OIDC_SILENT);
        assert_string_equal(address, "");
}

static void several_wait_for_one_answer(void **state)
{
        struct flow_begun begun = {0};
        (void)state;
        calls = 0;
        for (unsigned i = 0; i < OIDC_ERRANDS_MAX; i++)
                oidc_send(oidc, 0, &begun, on_sent, NULL);
        assert_int_equal(calls, 0);
        oidc_send(oidc, 0, &begun, on_sent, NULL);
        assert_int_equal(calls, 1);
        assert_int_equal(outcome, OIDC_BUSY);
        run();
        assert_int_equal(calls, OIDC_ERRANDS_MAX + 1);
        assert_int_equal(outcome, OIDC_DONE);
        assert_int_equal(peer_asked(&peer, "/.well-known/openid-configuration"), 1);
}

static void the_end_waits_for_nobody(void **state)
{
        struct flow_begun begun = {0};
        (void)state;
        peer_say(&peer, "/.well-known/openid-configuration", NULL, "", "");
        calls = 0;
        oidc_send(oidc, 0, &begun, on_sent, NULL);
        oidc_free(oidc);
        oidc = NULL;
        run();
        assert_int_equal(calls, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(there_and_back, open_all, close_all),
                cmocka_unit_test_setup_teardown(what_it_says_of_itself_is_kept_for_an_hour, open_all, close_all),
                cmocka_unit_test_setup_teardown(a_new_key_is_learnt_once_a_minute, open_all, close_all),
                cmocka_unit_test_setup_teardown(keys_outlive_a_failure, open_all, close_all),
                cmocka_unit_test_setup_teardown(metadata_that_leads_elsewhere, open_all, close_all),
                cmocka_unit_test_setup_teardown(several_wait_for_one_answer, open_all, close_all),
                cmocka_unit_test_setup_teardown(the_end_waits_for_nobody, open_all, close_all),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
