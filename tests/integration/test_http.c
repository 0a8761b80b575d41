/* The gateway and a directory as real processes, spoken to over raw sockets as a client would, and as one should not.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/codec/pb.h"
#include "accounts/commands.pb-c.h"
#include "tests/lib/visitor.h"

static struct network *network;
static char operator_token[VISITOR_TOKEN_SIZE], prescriber_token[VISITOR_TOKEN_SIZE];

static uint16_t port(void)
{
        return network_http_port(network, "gateway-1");
}

/* `headers` each with its line end; `body` NULL for none. */
static struct visited ask(const char *method, const char *path, const char *headers, const char *body)
{
        return visitor_ask(port(), &(struct visitor_request){method, path, NULL, headers, body});
}

static const char *bearer(const char *token)
{
        static char header[128];
        (void)snprintf(header, sizeof(header), "Authorization: Bearer %s\r\n", token);
        return header;
}

static const char *text_at(const struct visited *answer, const char *outer, const char *name)
{
        const char *text = visited_text(answer, outer, name);
        if (text == NULL)
                fail_msg("no %s.%s in: %s", outer == NULL ? "" : outer, name, answer->text);
        return text;
}

static void assert_refused(const struct visited *answer, int status, const char *code, const char *text)
{
        if (answer->status != status)
                fail_msg("%d instead of %d: %s", answer->status, status, answer->text);
        assert_string_equal(text_at(answer, NULL, "code"), code);
        if (strstr(text_at(answer, NULL, "detail"), text) == NULL)
                fail_msg("\"%s\" is not in: %s", text, answer->body);
}

static void assert_has(const struct visited *answer, const char *part)
{
        if (strstr(answer->text, part) == NULL)
                fail_msg("\"%s\" is not in: %s", part, answer->text);
}

/* --- the network ---------------------------------------------------------------------------------------------------
 */

static void create_user(const char *name, Types__Role role, bool of_organisation, char *ret_token)
{
        visitor_create(network, &(struct visitor_account){name, role, "31", of_organisation}, ret_token);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"directory-1", "directory", ""},
                {"gateway-1", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/"
                 "web\",\"head_timeout_s\":2,\"request_timeout_s\":2,\"idle_timeout_s\":2,"
                 "\"query_timeout_ms\":700,\"command_timeout_ms\":700},"},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        create_user("exploitante", TYPES__ROLE__OPERATOR, false, operator_token);
        create_user("prescripteur", TYPES__ROLE__PRESCRIBER, true, prescriber_token);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        return 0;
}

/* --- who asks ------------------------------------------------------------------------------------------------------
 */

static void test_session(void **state)
{
        (void)state;
        scoped(visited_fini) struct visited mine = ask("GET", "/v1/session", bearer(prescriber_token), NULL);
        assert_int_equal(mine.status, 200);
        assert_string_equal(json_string_value(json_object_get(mine.json, "user")), "prescripteur");
        assert_string_equal(json_string_value(json_object_get(mine.json, "role")), "PRESCRIBER");
        assert_string_equal(json_string_value(json_array_get(json_object_get(mine.json, "territories"), 0)), "31");
        assert_non_null(json_object_get(mine.json, "organisation"));
        assert_null(json_object_get(mine.json, "expiresAtMs"));
        int64_t ends_ms = 0;
        struct world world = world_real();
        const char *ends = json_string_value(json_object_get(mine.json, "tokenEnds"));
        assert_non_null(ends);
        assert_int_equal(instant_parse(ends, &ends_ms), 0);
        assert_in_range(ends_ms - world.now_ms(&world), INT64_C(179) * 86400000, INT64_C(180) * 86400000);
        assert_has(&mine, "Cache-Control: no-store");
}

static void test_strangers(void **state)
{
        (void)state;
        const char *const headers[] = {"", "Authorization: Bearer\r\n", "Authorization: Bearer x\r\n",
                                       "Authorization: Basic YTpi\r\n",
                                       "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"};
        for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
                scoped(visited_fini) struct visited answer = ask("GET", "/v1/session", headers[i], NULL);
                assert_refused(&answer, 401, "NOT_AUTHENTICATED", "connectez-vous");
                assert_has(&answer, "WWW-Authenticate: Bearer");
        }
}

static void test_revoked_at_once(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE], name[] = "passagere";
        struct arena arena scoped(arena_fini) = {0};
        struct answer revoked;
        Accounts__RevokeUser command = ACCOUNTS__REVOKE_USER__INIT;
        command.name = name;

        create_user(name, TYPES__ROLE__FACILITATOR, false, token);
        scoped(visited_fini) struct visited before = ask("GET", "/v1/session", bearer(token), NULL);
        assert_int_equal(before.status, 200);
        assert_int_equal(
                link_call(network_link(network), "accounts.RevokeUser", &command.base, NULL, &arena, &revoked, NULL),
                0);
        assert_non_null(revoked.body);
        network_wait_known(network);
        scoped(visited_fini) struct visited after = ask("GET", "/v1/session", bearer(token), NULL);
        assert_refused(&after, 401, "NOT_AUTHENTICATED", "révoqué");
}

/* --- the API -------------------------------------------------------------------------------------------------------
 */

#define SOME_ID "0192f0c1-7a3b-7001-8f00-0123456789ab" /* of nothing; drawn in 2024 */
#define PUT_BODY                                                                                                       \
        "{\"organisation\":{\"siret\":\"13002526500013\",\"kind\":\"ACI\",\"name\":\"Les Jardins du Midi\","           \
        "\"territory\":\"31\",\"source\":\"essai\",\"sourceId\":\"1\"}}"

static void test_command_query_and_repeated_key(void **state)
{
        (void)state;
        char headers[256], key[ID_TEXT_SIZE];
        struct world world = world_real();
        id_format(id_new(&world, world.now_ms(&world), 0), key);
        (void)snprintf(headers, sizeof(headers), "%sIdempotency-Key: %s\r\n", bearer(operator_token), key);
        scoped(visited_fini) struct visited first = ask("POST", "/v1/directory/PutOrganisation", headers, PUT_BODY);
        if (first.status != 200)
                fail_msg("%s", first.text);
        assert_has(&first, key);
        const char *id = text_at(&first, "reply", "organisationId");
        assert_null(json_object_get(first.json, "repeatedKey"));

        scoped(visited_fini) struct visited again = ask("POST", "/v1/directory/PutOrganisation", headers, PUT_BODY);
        assert_int_equal(again.status, 200);
        assert_true(json_is_true(json_object_get(again.json, "repeatedKey")));
        assert_string_equal(text_at(&again, "reply", "organisationId"), id);

        scoped(visited_fini) struct visited other = ask("POST", "/v1/directory/PutOrganisation", headers,
                                                        "{\"organisation\":{\"siret\":\"73282932000074\","
                                                        "\"kind\":\"ACI\",\"name\":\"Un autre chantier\"}}");
        assert_refused(&other, 409, "KEY_REUSED", "");

        char path[128];
        (void)snprintf(path, sizeof(path), "/v1/directory/OrganisationById?organisationId=%s", id);
        scoped(visited_fini) struct visited found = ask("GET", path, bearer(prescriber_token), NULL);
        assert_int_equal(found.status, 200);
        assert_string_equal(json_string_value(json_object_get(
                                    json_object_get(json_object_get(found.json, "reply"), "organisation"), "name")),
                            "Les Jardins du Midi");
        assert_true(json_is_string(json_object_get(found.json, "position")));
}

static void test_query_in_json_and_in_fields(void **state)
{
        (void)state;
        const char *const paths[] = {
                "/v1/directory/Organisations?q=%7B%22kind%22%3A%22ACI%22%2C%22page%22%3A%7B%22limit%22%3A20%7D%7D",
                "/v1/directory/Organisations?kind=ACI&page.limit=20",
                "/v1/directory/Organisations",
        };
        for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
                scoped(visited_fini) struct visited answer = ask("GET", paths[i], bearer(prescriber_token), NULL);
                if (answer.status != 200)
                        fail_msg("%s: %s", paths[i], answer.text);
                assert_non_null(json_object_get(answer.json, "reply"));
        }
}

/* What the account may ask for is described to it, and nothing else. */
static void test_description(void **state)
{
        (void)state;
        static const struct {
                const char *path, *token;
                size_t methods;
        } rows[] = {
                {"/v1/openapi/accounts/CreateUser", operator_token, 1},
                {"/v1/openapi/accounts/CreateUser", prescriber_token, 0},
                {"/v1/openapi/tracking/ReferBeneficiary", prescriber_token, 1},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                scoped(visited_fini) struct visited answer = ask("GET", rows[i].path, bearer(rows[i].token), NULL);
                assert_int_equal(answer.status, 200);
                assert_int_equal(json_object_size(json_object_get(answer.json, "paths")), rows[i].methods);
        }
        scoped(visited_fini) struct visited all = ask("GET", "/v1/openapi.json", bearer(operator_token), NULL);
        assert_non_null(json_object_get(json_object_get(all.json, "paths"), "/v1/accounts/CreateUser"));
        char facilitator_token[VISITOR_TOKEN_SIZE];
        create_user("facilitatrice", TYPES__ROLE__FACILITATOR, false, facilitator_token);
        scoped(visited_fini) struct visited file =
                ask("GET", "/v1/openapi/tracking/OpenBeneficiaryFile", bearer(facilitator_token), NULL);
        const json_t *schemas = json_object_get(json_object_get(file.json, "components"), "schemas");
        assert_non_null(json_object_get(schemas, "codes.reading_reasons")); /* the gateway reads the dated lists */
        scoped(visited_fini) struct visited stranger = ask("GET", "/v1/openapi.json", "", NULL);
        assert_refused(&stranger, 401, "NOT_AUTHENTICATED", "jeton");
        scoped(visited_fini) struct visited nothing =
                ask("GET", "/v1/openapi/gateway/Nothing", bearer(operator_token), NULL);
        assert_refused(&nothing, 404, "UNKNOWN_METHOD", "gateway.Nothing");
}

static void test_a_key_is_drawn_where_none_is_given(void **state)
{
        (void)state;
        scoped(visited_fini) struct visited answer =
                ask("POST", "/v1/directory/PutOrganisation", bearer(operator_token), PUT_BODY);
        assert_int_equal(answer.status, 200);
        const char *key = strstr(answer.text, "Idempotency-Key: ");
        assert_non_null(key);
        assert_int_equal(strcspn(key + strlen("Idempotency-Key: "), "\r"), 36);
}

/* The gateway is a daemon like the others: its own accounts are asked of it over ZeroMQ too. */
static void test_accounts_over_http(void **state)
{
        (void)state;
        scoped(visited_fini) struct visited list = ask("GET", "/v1/accounts/Users", bearer(operator_token), NULL);
        assert_int_equal(list.status, 200);
        assert_has(&list, "\"name\":\"exploitante\"");
        assert_has(&list, "\"name\":\"prescripteur\"");
        assert_null(strstr(list.text, "tokenHash"));
        scoped(visited_fini) struct visited other = ask("GET", "/v1/accounts/Users", bearer(prescriber_token), NULL);
        assert_refused(&other, 403, "NOT_ALLOWED", "");
        scoped(visited_fini) struct visited made =
                ask("POST", "/v1/accounts/CreateUser", bearer(operator_token),
                    "{\"name\":\"nouvelle\",\"role\":\"AUDITOR\",\"territories\":[\"*\"]}");
        assert_int_equal(made.status, 200);
        assert_null(visited_text(&made, "reply", "token")); /* an operator does not become an auditor */
        scoped(visited_fini) struct visited own =
                ask("POST", "/v1/accounts/ConfirmUser", bearer(operator_token), "{\"name\":\"nouvelle\"}");
        assert_refused(&own, 403, "NOT_ALLOWED", "Le consentement est celui");
        assert_int_equal(strlen(text_at(&made, "reply", "userId")), 36);
}

static void test_what_is_refused(void **state)
{
        (void)state;
        char with_key[256];
        (void)snprintf(with_key, sizeof(with_key), "%sIdempotency-Key: 6ba7b810-9dad-41d1-80b4-00c04fd430c8\r\n",
                       bearer(operator_token));
        char with_old_key[256], mine[128], theirs[128];
        (void)snprintf(with_old_key, sizeof(with_old_key), "%sIdempotency-Key: " SOME_ID "\r\n",
                       bearer(operator_token));
        (void)snprintf(mine, sizeof(mine), "%s", bearer(operator_token));
        (void)snprintf(theirs, sizeof(theirs), "%s", bearer(prescriber_token));
        const struct {
                const char *method, *path, *headers, *body;
                int status;
                const char *code, *text;
        } rows[] = {
                {"GET", "/v1/directory/Nothing", mine, NULL, 404, "UNKNOWN_METHOD", "directory.Nothing"},
                {"GET", "/v1/nothing/Organisations", mine, NULL, 404, "UNKNOWN_METHOD", "nothing.Organisations"},
                {"GET", "/v1/runtime/Health", mine, NULL, 404, "UNKNOWN_METHOD", "runtime"},
                {"GET", "/v1/contracts/Contracts", mine, NULL, 404, "UNKNOWN_METHOD", "contracts"},
                {"GET", "/v1/directory", mine, NULL, 404, "NOT_FOUND", "/v1/directory"},
                {"POST", "/v1/directory/Organisations", mine, "{}", 405, "UNKNOWN_METHOD", "par GET"},
                {"GET", "/v1/directory/PutOrganisation", mine, NULL, 405, "UNKNOWN_METHOD", "par POST"},
                {"GET", "/v1/directory/PreviewOrganisations", mine, NULL, 405, "UNKNOWN_METHOD", "dans le corps"},
                {"POST", "/v1/directory/PreviewOrganisations", mine, "{}", 400, "INVALID_FIELD", ""},
                {"DELETE", "/v1/directory/Organisations", mine, NULL, 405, "UNKNOWN_METHOD", "GET, POST"},
                {"POST", "/v1/directory/PutOrganisation", theirs, PUT_BODY, 403, "NOT_ALLOWED", ""},
                {"POST", "/v1/directory/PutOrganisation", with_key, PUT_BODY, 400, "INVALID_FIELD", "version 7"},
                {"POST", "/v1/directory/PutOrganisation", with_old_key, PUT_BODY, 400, "INVALID_FIELD",
                 "plus de 6 jours"},
                {"POST", "/v1/directory/PutOrganisation", mine, "{\n\"organisation\": }", 400, "MALFORMED", "ligne 2"},
                {"POST", "/v1/directory/PutOrganisation", mine, "", 400, "MALFORMED", "ligne 1"},
                {"POST", "/v1/directory/PutOrganisation", mine, "[1]", 400, "MALFORMED", "objet JSON"},
                {"POST", "/v1/directory/PutOrganisation", mine, "{\"organisation\":{\"kind\":\"X\"}}", 400,
                 "INVALID_FIELD", "organisation.kind"},
                {"GET", "/v1/directory/Organisations?page.limit=x", mine, NULL, 400, "INVALID_FIELD", "page.limit"},
                {"GET", "/v1/directory/Organisations?pages=1", mine, NULL, 400, "INVALID_FIELD", "pages"},
                {"GET", "/v1/directory/Organisations?siret=%00", mine, NULL, 400, "MALFORMED", "nul"},
                {"GET", "/v1/directory/OrganisationById?organisationId=" SOME_ID, mine, NULL, 404, "NOT_FOUND", ""},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                scoped(visited_fini) struct visited answer =
                        ask(rows[i].method, rows[i].path, rows[i].headers, rows[i].body);
                assert_refused(&answer, rows[i].status, rows[i].code, rows[i].text);
        }
}

/* --- the page and the network's state ------------------------------------------------------------------------------
 */

static void test_pages(void **state)
{
        (void)state;
        scoped(visited_fini) struct visited index = ask("GET", "/", "", NULL);
        assert_int_equal(index.status, 200);
        assert_has(&index, "Content-Type: text/html; charset=utf-8");
        assert_has(&index, "Content-Security-Policy: default-src 'self';");
        assert_has(&index, "frame-ancestors 'none'");
        assert_has(&index, "X-Content-Type-Options: nosniff");
        assert_has(&index, "Referrer-Policy: no-referrer");
        assert_null(strstr(index.text, "Strict-Transport-Security")); /* it listens on loopback */
        assert_string_equal(index.body, "<!doctype html>\n<title>Essai</title>\n");

        char etag[64], header[128];
        const char *at = strstr(index.text, "ETag: ");
        assert_non_null(at);
        (void)snprintf(etag, sizeof(etag), "%.*s", (int)strcspn(at + 6, "\r"), at + 6);
        (void)snprintf(header, sizeof(header), "If-None-Match: %s\r\n", etag);
        scoped(visited_fini) struct visited known = ask("GET", "/index.html", header, NULL);
        assert_int_equal(known.status, 304);
        assert_string_equal(known.body, "");

        scoped(visited_fini) struct visited head = ask("HEAD", "/", "", NULL);
        assert_int_equal(head.status, 200);
        assert_string_equal(head.body, "");
        const char *const outside[] = {"/../test_http.c", "/%2e%2e/test_http.c", "//etc/passwd", "/nothing"};
        for (size_t i = 0; i < ARRAY_SIZE(outside); i++) {
                scoped(visited_fini) struct visited none = ask("GET", outside[i], "", NULL);
                assert_refused(&none, 404, "NOT_FOUND", "Il n'y a rien");
        }
        scoped(visited_fini) struct visited post = ask("POST", "/", "", "x");
        assert_refused(&post, 405, "UNKNOWN_METHOD", "GET");
}

static void test_health_and_metrics(void **state)
{
        (void)state;
        scoped(visited_fini) struct visited health = ask("GET", "/health", "", NULL);
        assert_int_equal(health.status, 200);
        json_t *instances = json_object_get(health.json, "instances");
        assert_int_equal(json_array_size(instances), 3);
        for (size_t i = 0; i < 3; i++)
                assert_string_equal(json_string_value(json_object_get(json_array_get(instances, i), "state")),
                                    "serving");

        scoped(visited_fini) struct visited metrics = ask("GET", "/metrics", "", NULL);
        assert_int_equal(metrics.status, 200);
        assert_has(&metrics, "Content-Type: text/plain; version=0.0.4");
        assert_has(&metrics, "guichet_up{instance=\"directory-1\"} 1\nguichet_up{instance=\"gateway-1\"} 1\n");
        assert_has(&metrics, "guichet_commands_total{instance=\"directory-1\"}");
        assert_has(&metrics, "guichet_http_requests_total{instance=\"gateway-1\"}");

        /* through a proxy on this machine one is a stranger */
        const char *const proxied[] = {"X-Forwarded-For: 203.0.113.7\r\n", "Forwarded: for=203.0.113.7\r\n"};
        for (size_t i = 0; i < ARRAY_SIZE(proxied); i++) {
                char headers[256];
                scoped(visited_fini) struct visited stranger = ask("GET", "/metrics", proxied[i], NULL);
                assert_refused(&stranger, 401, "NOT_AUTHENTICATED", "");
                (void)snprintf(headers, sizeof(headers), "%s%s", proxied[i], bearer(prescriber_token));
                scoped(visited_fini) struct visited prescriber = ask("GET", "/health", headers, NULL);
                assert_refused(&prescriber, 403, "NOT_ALLOWED", "facilitateurs");
                (void)snprintf(headers, sizeof(headers), "%s%s", proxied[i], bearer(operator_token));
                scoped(visited_fini) struct visited operator= ask("GET", "/health", headers, NULL);
                assert_int_equal(operator.status, 200);
        }
}

static void test_a_silent_daemon(void **state)
{
        (void)state;
        network_kill(network, "directory-1", SIGKILL);
        scoped(visited_fini) struct visited health = ask("GET", "/health", "", NULL);
        assert_int_equal(health.status, 503);
        assert_has(&health, "{\"instance\":\"directory-1\",\"service\":\"directory\",\"state\":\"unreachable\"}");
        scoped(visited_fini) struct visited metrics = ask("GET", "/metrics", "", NULL);
        assert_has(&metrics, "guichet_up{instance=\"directory-1\"} 0\n");
        scoped(visited_fini) struct visited query =
                ask("GET", "/v1/directory/Organisations", bearer(operator_token), NULL);
        assert_refused(&query, 504, "UNAVAILABLE", "ne répond pas");
        scoped(visited_fini) struct visited command =
                ask("POST", "/v1/directory/PutOrganisation", bearer(operator_token), PUT_BODY);
        assert_refused(&command, 504, "UNAVAILABLE", "avec la même clé");
        assert_has(&command, "Idempotency-Key: ");

        network_restart(network, "directory-1");
        int status = 504; /* until the gateway has found it again */
        for (int tries = 0; tries < 10 && status == 504; tries++) {
                scoped(visited_fini) struct visited after =
                        ask("GET", "/v1/directory/Organisations", bearer(operator_token), NULL);
                status = after.status;
        }
        assert_int_equal(status, 200);
}

/* --- bad input -----------------------------------------------------------------------------------------------------
 */

static void test_oversized_bodies(void **state)
{
        (void)state;
        size_t size = 300 * 1024;
        char *body = malloc(size + 1);
        assert_non_null(body);
        memset(body, ' ', size);
        body[size] = '\0';
        scoped(visited_fini) struct visited announced =
                ask("POST", "/v1/directory/PutOrganisation", bearer(operator_token), body);
        assert_refused(&announced, 413, "TOO_LARGE", "256 Kio");

        char headers[300];
        (void)snprintf(headers, sizeof(headers), "%sTransfer-Encoding: chunked\r\n", bearer(operator_token));
        char *chunked = malloc(size + 64);
        assert_non_null(chunked);
        int used = snprintf(chunked, size + 64,
                            "POST /v1/directory/PutOrganisation HTTP/1.1\r\nHost: x\r\n"
                            "Connection: close\r\n%s\r\n",
                            headers);
        char *whole = malloc(size + 1024);
        assert_non_null(whole);
        int head = snprintf(whole, size + 1024, "%s%zx\r\n", chunked, size);
        memcpy(whole + head, body, size);
        memcpy(whole + head + (int)size, "\r\n0\r\n\r\n", 7);
        assert_true(used > 0);
        scoped(visited_fini) struct visited counted = visitor_send_raw(port(), whole, (size_t)head + size + 7);
        assert_refused(&counted, 413, "TOO_LARGE", "256 Kio");
        free(whole);
        free(chunked);
        free(body);
}

static void test_garbage(void **state)
{
        (void)state;
        static const char *const garbage[] = {
                "\r\n\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET\r\n\r\n",
                "\x16\x03\x01\x02\xff\x01",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nno colon here\r\nConnection: close\r\n\r\n"};
        for (size_t i = 0; i < ARRAY_SIZE(garbage); i++) {
                scoped(visited_fini) struct visited answer = visitor_send_raw(port(), garbage[i], strlen(garbage[i]));
                if (answer.status == 200)
                        fail_msg("served: %s", garbage[i]);
        }
        char *endless = malloc(200000);
        assert_non_null(endless);
        memset(endless, 'a', 200000);
        memcpy(endless, "GET /", 5);
        scoped(visited_fini) struct visited answer = visitor_send_raw(port(), endless, 200000);
        assert_true(answer.status == 0 || answer.status == 400 || answer.status == 414 || answer.status == 431);
        free(endless);
        scoped(visited_fini) struct visited still = ask("GET", "/", "", NULL);
        assert_int_equal(still.status, 200);
}

static int64_t now_ms(void)
{
        struct world world = world_real();
        return (int64_t)(world.monotonic_us(&world) / 1000);
}

/* One byte every 200 ms is never silence; the request must still come in whole within its two seconds. */
static void test_slow_clients_are_cut_off(void **state)
{
        (void)state;
        static const char text[] =
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n";
        int fd = visitor_open(port());
        int64_t start_ms = now_ms();
        bool closed = false;

        for (size_t i = 0; i < sizeof(text) - 1 && !closed; i++) {
                struct pollfd waiting = {.fd = fd, .events = POLLIN};
                char byte;
                if (!visitor_send(fd, text + i, 1))
                        closed = true;
                else if (poll(&waiting, 1, 200) == 1 && recv(fd, &byte, 1, 0) <= 0)
                        closed = true;
        }
        assert_true(closed);
        assert_true(now_ms() - start_ms >= 1500);
        (void)close(fd);

        /* and one that says nothing at all */
        fd = visitor_open(port());
        start_ms = now_ms();
        char byte;
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        assert_int_equal(poll(&waiting, 1, VISITOR_WAIT_MS), 1);
        assert_true(recv(fd, &byte, 1, 0) <= 0);
        assert_true(now_ms() - start_ms >= 1000);
        (void)close(fd);
}

/* Many requests on one connection, and several in one packet. */
static void test_keep_alive_and_pipelining(void **state)
{
        (void)state;
        char text[2048], answer[16384];
        int size =
                snprintf(text, sizeof(text),
                         "GET /v1/session HTTP/1.1\r\nHost: x\r\n%s\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                         "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                         bearer(operator_token));
        int fd = visitor_open(port());
        assert_true(visitor_send(fd, text, (size_t)size));
        answer[visitor_receive_all(fd, answer, sizeof(answer) - 1)] = '\0';
        (void)close(fd);
        unsigned answers = 0;
        for (const char *at = answer; (at = strstr(at, "HTTP/1.1 200 OK")) != NULL; at++)
                answers++;
        assert_int_equal(answers, 3);
        assert_non_null(strstr(answer, "<title>Essai</title>"));
}

/* 48 connections at once, 20 requests down each in one go. */
static void test_many_at_once(void **state)
{
        (void)state;
        enum { CONNECTIONS = 48, REQUESTS = 20, ROOM = 64 * 1024 };
        int fds[CONNECTIONS];
        char text[8192], *answers = malloc(ROOM);
        int used = 0;

        assert_non_null(answers);
        for (int i = 0; i < REQUESTS; i++)
                used += snprintf(text + used, sizeof(text) - (size_t)used,
                                 "GET /v1/directory/Organisations?kind=ACI HTTP/1.1\r\nHost: x\r\n%s%s\r\n",
                                 bearer(operator_token), i + 1 < REQUESTS ? "" : "Connection: close\r\n");
        for (size_t i = 0; i < CONNECTIONS; i++) {
                fds[i] = visitor_open(port());
                assert_true(visitor_send(fds[i], text, (size_t)used));
        }
        for (size_t i = 0; i < CONNECTIONS; i++) {
                unsigned good = 0;
                answers[visitor_receive_all(fds[i], answers, ROOM - 1)] = '\0';
                for (const char *at = answers; (at = strstr(at, "HTTP/1.1 200 OK")) != NULL; at++)
                        good++;
                assert_int_equal(good, REQUESTS);
                (void)close(fds[i]);
        }
        free(answers);
}

/* Asked to stop while somebody waits: she is told so, and the daemon ends well. */
static void test_stop_while_somebody_waits(void **state)
{
        (void)state;
        char text[512];
        network_kill(network, "directory-1", SIGKILL);
        int size = snprintf(text, sizeof(text), "GET /v1/directory/Organisations HTTP/1.1\r\nHost: x\r\n%s\r\n",
                            bearer(operator_token));
        int fd = visitor_open(port());
        assert_true(visitor_send(fd, text, (size_t)size));
        scoped(visited_fini) struct visited health = ask("GET", "/health", "", NULL); /* by then it waits */
        assert_int_equal(health.status, 503);
        network_kill(network, "gateway-1", SIGTERM);
        scoped(visited_fini) struct visited answer = visitor_receive(fd);
        (void)close(fd);
        assert_true(answer.status == 503 || answer.status == 504);
        network_restart(network, "gateway-1");
        network_restart(network, "directory-1");
        scoped(visited_fini) struct visited after = ask("GET", "/v1/session", bearer(operator_token), NULL);
        assert_int_equal(after.status, 200); /* accounts are in the store */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_session),
                cmocka_unit_test(test_description),
                cmocka_unit_test(test_strangers),
                cmocka_unit_test(test_revoked_at_once),
                cmocka_unit_test(test_command_query_and_repeated_key),
                cmocka_unit_test(test_query_in_json_and_in_fields),
                cmocka_unit_test(test_a_key_is_drawn_where_none_is_given),
                cmocka_unit_test(test_accounts_over_http),
                cmocka_unit_test(test_what_is_refused),
                cmocka_unit_test(test_pages),
                cmocka_unit_test(test_health_and_metrics),
                cmocka_unit_test(test_a_silent_daemon),
                cmocka_unit_test(test_oversized_bodies),
                cmocka_unit_test(test_garbage),
                cmocka_unit_test(test_slow_clients_are_cut_off),
                cmocka_unit_test(test_keep_alive_and_pipelining),
                cmocka_unit_test(test_many_at_once),
                cmocka_unit_test(test_stop_while_somebody_waits),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
