/* Signing in as a browser does it, at two gateways: passwords, second factors, sessions in a cookie, what another page
 * may not do with it, how long one waits after failures, and what still works where the line to accounts is cut. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <liboath/oath.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/commands.pb-c.h"
#include "common/base/attr.h"
#include "tests/lib/cutter.h"
#include "tests/lib/visitor.h"

#define GOOD "quatre mots sans lien"

enum { COOKIE_SIZE = 64, LONG_MS = 60000 };

static struct network *network;
static struct arena arena;
static struct cutter *line, *feed; /* from gateway-2 to accounts */

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"directory-1", "directory", ""},
                {"accounts-1", "accounts", "\"settings\":{\"password_memory_kib\":19456,\"password_passes\":2},"},
                {"gateway-1", "gateway", "\"settings\":{\"web\":\"tests/integration/web\"},"},
                {"gateway-2", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"command_timeout_ms\":300,"
                 "\"query_timeout_ms\":500},"},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        line = cutter_start(network_port(network, "accounts-1", NETWORK_ENDPOINT));
        feed = cutter_start(network_port(network, "accounts-1", NETWORK_EVENTS));
        network_kill(network, "gateway-2", SIGTERM);
        network_restart_by(network, "gateway-2",
                           network_topology_through(network, "accounts-1", cutter_port(line), cutter_port(feed)));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        cutter_stop(&line);
        cutter_stop(&feed);
        arena_fini(&arena);
        return 0;
}

/* ---- a browser */

struct browser {
        char session[COOKIE_SIZE], mark[COOKIE_SIZE];
};

/* As a page of that gateway asks, unless `headers` says otherwise. */
static struct visited ask_with(const char *gateway, struct browser *browser, const char *headers,
                               const struct visitor_request *wanted)
{
        uint16_t port = network_http_port(network, gateway);
        struct visitor_request request = *wanted;
        char *cookies = arena_printf(&arena, "%s%s%s%s%s", browser->session[0] != '\0' ? "__Host-guichet=" : "",
                                     browser->session, browser->session[0] != '\0' ? "; " : "",
                                     browser->mark[0] != '\0' ? "__Host-guichet-navigateur=" : "", browser->mark);
        request.headers = arena_printf(&arena, "%s%s%s%s", cookies[0] != '\0' ? "Cookie: " : "", cookies,
                                       cookies[0] != '\0' ? "\r\n" : "", headers);
        return visitor_ask(port, &request);
}

static void keep_cookie(const struct visited *visited, const char *name, char kept[COOKIE_SIZE])
{
        char *start = arena_printf(&arena, "Set-Cookie: %s=", name);
        const char *at = strstr(visited->text, start);
        if (at == NULL)
                return;
        at += strlen(start);
        size_t size = strcspn(at, ";");
        assert_true(size < COOKIE_SIZE);
        memcpy(kept, at, size);
        kept[size] = '\0';
}

static struct visited ask(const char *gateway, struct browser *browser, const char *method, const char *path,
                          const char *body)
{
        static const char own[] = "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n";
        const struct visitor_request request = {.method = method, .path = path, .body = body};
        struct visited visited = ask_with(gateway, browser, own, &request);
        keep_cookie(&visited, "__Host-guichet", browser->session);
        keep_cookie(&visited, "__Host-guichet-navigateur", browser->mark);
        return visited;
}

static int status_at(const char *gateway, struct browser *browser)
{
        struct visited visited scoped(visited_fini) = ask(gateway, browser, "GET", "/v1/session", NULL);
        return visited.status;
}

static void wait_for(const char *gateway, struct browser *browser, int status)
{
        for (int i = 0; status_at(gateway, browser) != status; i++) {
                assert_true(i < LONG_MS / 5);
                (void)poll(NULL, 0, 5);
        }
}

static struct visited sign_in(const char *gateway, struct browser *browser, const char *name, const char *password,
                              const char *code)
{
        return ask(gateway, browser, "POST", "/v1/sign-in",
                   arena_printf(&arena, "{\"name\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}", name, password, code));
}

static const char *outcome_of(const struct visited *visited)
{
        const char *outcome = visited_text(visited, NULL, "outcome");
        return outcome != NULL ? outcome : "";
}

/* ---- people */

static void make(const char *name, Types__Role role, char token[VISITOR_TOKEN_SIZE])
{
        const struct visitor_account account = {name, role, "31", role == TYPES__ROLE__BUYER};
        visitor_create(network, &account, token);
}

/* The first password, by the token that was handed over. */
static void set_first_password(struct browser *browser, const char *token)
{
        const struct visitor_request request = {
                .method = "POST", .path = "/v1/password", .token = token, .body = "{\"password\":\"" GOOD "\"}"};
        struct visited visited scoped(visited_fini) = ask_with("gateway-1", browser, "", &request);
        if (visited.status != 200)
                fail_msg("%s", visited.text);
        keep_cookie(&visited, "__Host-guichet", browser->session);
        keep_cookie(&visited, "__Host-guichet-navigateur", browser->mark);
}

static const char *code_of(const char *base32, int64_t shift_s)
{
        struct world world = world_real();
        char *secret = NULL, *code = arena_zalloc(&arena, 8);
        size_t size;
        assert_int_equal(oath_base32_decode(base32, strlen(base32), &secret, &size), OATH_OK);
        assert_int_equal(oath_totp_generate(secret, size, world.now_ms(&world) / 1000 + shift_s, 30, 0, 6, code),
                         OATH_OK);
        free(secret);
        return code;
}

/* ---- tests */

static void a_session_in_a_cookie(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        struct browser first = {0}, marie = {0};
        make("marie", TYPES__ROLE__BUYER, token);
        set_first_password(&first, token);
        assert_int_equal(status_at("gateway-1", &first), 200);

        struct visited in scoped(visited_fini) = sign_in("gateway-1", &marie, "marie", GOOD, "");
        assert_int_equal(in.status, 200);
        assert_string_equal(outcome_of(&in), "SIGN_IN_OPEN");
        assert_non_null(strstr(in.text, "; Path=/; Secure; HttpOnly; SameSite=Lax\r\n"));
        assert_null(strstr(in.body, marie.session)); /* no script reads it */
        assert_int_equal(strlen(marie.session), 43);
        assert_int_equal(status_at("gateway-1", &marie), 200);
        wait_for("gateway-2", &marie, 200);

        /* the token that she was given opens nothing any more */
        const struct visitor_request by_token = {.method = "GET", .path = "/v1/session", .token = token};
        struct visited old scoped(visited_fini) = visitor_ask(network_http_port(network, "gateway-1"), &by_token);
        assert_int_equal(old.status, 401);

        struct visited out scoped(visited_fini) = ask("gateway-2", &marie, "POST", "/v1/accounts/SignOut", "{}");
        assert_int_equal(out.status, 200);
        assert_non_null(strstr(out.text, "Set-Cookie: __Host-guichet=; Max-Age=0; "));
        assert_int_equal(status_at("gateway-2", &marie), 401);
}

/* Fixation: a cookie that somebody planted is never the one that is signed in; rotation: what she may do changes, and
 * the key before opens nothing. */
static void another_key_each_time(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        struct browser anne = {0}, before;
        make("anne", TYPES__ROLE__BUYER, token);
        set_first_password(&anne, token);
        before = anne;
        struct visited again scoped(visited_fini) = sign_in("gateway-1", &anne, "anne", GOOD, "");
        assert_string_not_equal(anne.session, before.session);
        struct visited changed scoped(visited_fini) =
                ask("gateway-1", &anne, "POST", "/v1/password",
                    "{\"current\":\"" GOOD "\",\"password\":\"cinq autres mots sans lien\"}");
        if (changed.status != 200)
                fail_msg("%s", changed.text);
        assert_int_equal(status_at("gateway-1", &anne), 200);
        assert_int_equal(status_at("gateway-1", &before), 401); /* all other sessions ended */
        struct visited wrong scoped(visited_fini) =
                ask("gateway-1", &anne, "POST", "/v1/password",
                    "{\"current\":\"" GOOD "\",\"password\":\"encore cinq mots sans lien\"}");
        assert_int_equal(wrong.status, 400);
        assert_string_equal(visited_text(&wrong, NULL, "field"), "current");
        struct visited weak scoped(visited_fini) =
                ask("gateway-1", &anne, "POST", "/v1/password",
                    "{\"current\":\"cinq autres mots sans lien\",\"password\":\"Football2026!!\"}");
        assert_int_equal(weak.status, 400);
        assert_string_equal(visited_text(&weak, NULL, "field"), "password");
}

/* What another page asks comes with her cookie; it does nothing, nor does it sign anybody in. */
static void another_page_does_nothing(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        struct browser rose = {0};
        make("rose", TYPES__ROLE__BUYER, token);
        set_first_password(&rose, token);
        static const char *const others[] = {
                "",
                "Origin: https://ailleurs.example\r\n",
                "Origin: null\r\n",
                "Sec-Fetch-Site: cross-site\r\n",
                "Sec-Fetch-Site: same-site\r\nOrigin: https://voisin.example\r\n",
                "Sec-Fetch-Site: same-origin\r\nOrigin: https://ailleurs.example\r\n",
        };
        const struct visitor_request out = {.method = "POST", .path = "/v1/accounts/SignOut", .body = "{}"};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
                struct visited visited scoped(visited_fini) = ask_with("gateway-1", &rose, others[i], &out);
                if (visited.status != 403)
                        fail_msg("%s: %s", others[i], visited.text);
        }
        assert_int_equal(status_at("gateway-1", &rose), 200);
        struct browser nobody = {0};
        const struct visitor_request in = {
                .method = "POST", .path = "/v1/sign-in", .body = "{\"name\":\"rose\",\"password\":\"" GOOD "\"}"};
        struct visited planted scoped(visited_fini) = ask_with("gateway-1", &nobody, others[1], &in);
        assert_int_equal(planted.status, 403);
        assert_null(strstr(planted.text, "Set-Cookie"));
        /* two cookies of that name: neither is taken */
        const struct visitor_request twice = {
                .method = "GET",
                .path = "/v1/session",
                .headers = arena_printf(&arena, "Cookie: __Host-guichet=%s; __Host-guichet=x\r\n", rose.session)};
        struct visited both scoped(visited_fini) = visitor_ask(network_http_port(network, "gateway-1"), &twice);
        assert_int_equal(both.status, 401);
}

/* A facilitator's session opens nothing before her telephone is known; then it is asked for. */
static void a_second_factor(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        struct browser lea = {0};
        make("lea", TYPES__ROLE__OPERATOR, token);
        set_first_password(&lea, token);
        struct visited closed scoped(visited_fini) = ask("gateway-1", &lea, "GET", "/v1/directory/CountsByKind", NULL);
        assert_int_equal(closed.status, 403);
        assert_non_null(strstr(closed.body, "second facteur"));
        struct visited renewed scoped(visited_fini) =
                ask("gateway-1", &lea, "POST", "/v1/accounts/RenewToken", "{\"name\":\"lea\"}");
        assert_int_equal(renewed.status, 403);
        struct visited begun scoped(visited_fini) =
                ask("gateway-1", &lea, "POST", "/v1/accounts/BeginSecondFactor", "{}");
        if (begun.status != 200)
                fail_msg("%s", begun.text);
        const char *secret = visited_text(&begun, "reply", "secret");
        char *confirm = arena_printf(&arena, "{\"code\":\"%s\"}", code_of(secret, 0));
        struct browser before = lea;
        struct visited confirmed scoped(visited_fini) =
                ask("gateway-1", &lea, "POST", "/v1/accounts/ConfirmSecondFactor", confirm);
        if (confirmed.status != 200)
                fail_msg("%s", confirmed.text);
        json_t *codes = json_object_get(json_object_get(confirmed.json, "reply"), "recoveryCodes");
        assert_int_equal(json_array_size(codes), 10);
        assert_null(visited_text(&confirmed, "reply", "key"));
        assert_int_equal(status_at("gateway-1", &before), 401);
        struct visited open scoped(visited_fini) = ask("gateway-1", &lea, "GET", "/v1/directory/CountsByKind", NULL);
        assert_int_equal(open.status, 200);

        struct browser elsewhere = {0};
        struct visited asked scoped(visited_fini) = sign_in("gateway-2", &elsewhere, "lea", GOOD, "");
        assert_string_equal(outcome_of(&asked), "SIGN_IN_CODE");
        assert_string_equal(elsewhere.session, "");
        const char *next = code_of(secret, 30); /* one step is used up */
        struct visited shown scoped(visited_fini) = sign_in("gateway-2", &elsewhere, "lea", GOOD, next);
        assert_string_equal(outcome_of(&shown), "SIGN_IN_OPEN");
        struct visited twice scoped(visited_fini) = sign_in("gateway-2", &elsewhere, "lea", GOOD, next);
        assert_int_equal(twice.status, 401);
        struct visited spare scoped(visited_fini) =
                sign_in("gateway-2", &elsewhere, "lea", GOOD, json_string_value(json_array_get(codes, 0)));
        assert_string_equal(outcome_of(&spare), "SIGN_IN_OPEN");
        struct visited used scoped(visited_fini) =
                sign_in("gateway-2", &elsewhere, "lea", GOOD, json_string_value(json_array_get(codes, 0)));
        assert_int_equal(used.status, 401);
}

/* The same answer, byte for byte, whoever is asked for; and after some failures one waits, wherever one tries. */
static void who_fails_is_told_nothing(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        struct browser known = {0}, unknown = {0}, right = {0};
        make("paul", TYPES__ROLE__BUYER, token);
        set_first_password(&known, token);
        struct world world = world_real();
        uint64_t failed_us = 0;
        for (int i = 0; i < 6; i++) {
                failed_us = world.monotonic_us(&world);
                struct visited one scoped(visited_fini) = sign_in("gateway-1", &known, "paul", "un mauvais passe", "");
                struct visited other scoped(visited_fini) =
                        sign_in("gateway-1", &unknown, "personne", "un mauvais passe", "");
                assert_int_equal(one.status, 401);
                assert_int_equal(other.status, 401);
                assert_string_equal(one.body, other.body);
        }
        struct visited wait scoped(visited_fini) = sign_in("gateway-2", &right, "paul", GOOD, "");
        struct visited wait_too scoped(visited_fini) = sign_in("gateway-2", &right, "personne", GOOD, "");
        if (world.monotonic_us(&world) - failed_us < 1000000) { /* else the second is over: this machine is too slow */
                assert_int_equal(wait.status, 429);
                assert_int_equal(wait_too.status, 429);
                assert_non_null(strstr(wait.text, "Retry-After: 1\r\n"));
                assert_string_equal(wait.body, wait_too.body);
        }
        (void)poll(NULL, 0, 1100);
        struct visited in scoped(visited_fini) = sign_in("gateway-2", &right, "paul", GOOD, "");
        assert_int_equal(in.status, 200);
}

/* What is no sign-in at all. */
static void bad_requests(void **state)
{
        (void)state;
        struct browser nobody = {0};
        static const struct {
                const char *body, *field;
        } rows[] = {
                {"{\"name\":\"paul\"}", "password"},
                {"{\"password\":\"x\"}", "name"},
                {"{\"name\":1,\"password\":\"x\"}", "name"},
                {"{\"name\":\"paul\",\"password\":\"\"}", "password"},
                {"{\"name\":\"paul\",\"password\":\"a\\u0000b\"}", NULL},
                {"{\"name\":\"paul\",\"password\":\"x\",\"admin\":\"yes\"}", NULL},
                {"[]", NULL},
                {"", NULL},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct visited visited scoped(visited_fini) =
                        ask("gateway-1", &nobody, "POST", "/v1/sign-in", rows[i].body);
                if (visited.status != 400)
                        fail_msg("%s: %s", rows[i].body, visited.text);
                if (rows[i].field != NULL)
                        assert_string_equal(visited_text(&visited, NULL, "field"), rows[i].field);
        }
        char *long_password = arena_zalloc(&arena, 600);
        memset(long_password, 'a', 513);
        struct visited longer scoped(visited_fini) = sign_in("gateway-1", &nobody, "paul", long_password, "");
        assert_int_equal(longer.status, 400);
}

/* The line to accounts is cut: who is signed in stays so, nobody new comes in, and nobody is told anything wrong. An
 * end elsewhere is known with the line. */
static void cut_off(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE];
        struct browser eve = {0}, other = {0}, late = {0};
        make("eve", TYPES__ROLE__BUYER, token);
        set_first_password(&eve, token);
        struct visited in scoped(visited_fini) = sign_in("gateway-1", &other, "eve", GOOD, "");
        wait_for("gateway-2", &eve, 200);
        wait_for("gateway-2", &other, 200);
        cutter_mute(line);
        cutter_mute(feed);
        struct visited silent scoped(visited_fini) = sign_in("gateway-2", &late, "eve", GOOD, "");
        assert_int_equal(silent.status, 504);
        assert_int_equal(status_at("gateway-2", &eve), 200);
        struct visited ended scoped(visited_fini) =
                ask("gateway-1", &eve, "POST", "/v1/accounts/EndOtherSessions", "{}");
        assert_int_equal(ended.status, 200);
        wait_for("gateway-1", &other, 401);
        assert_int_equal(status_at("gateway-2", &other), 200); /* it cannot know */
        cutter_cut(line);
        cutter_cut(feed);
        wait_for("gateway-2", &other, 401);
        assert_int_equal(status_at("gateway-2", &eve), 200);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_session_in_a_cookie),
                cmocka_unit_test(another_key_each_time),
                cmocka_unit_test(another_page_does_nothing),
                cmocka_unit_test(a_second_factor),
                cmocka_unit_test(who_fails_is_told_nothing),
                cmocka_unit_test(bad_requests),
                cmocka_unit_test(cut_off),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
