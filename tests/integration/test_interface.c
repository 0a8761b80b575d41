/* The interface of programs, as a program would use it: conditional requests, pages that lead to the next, compression,
 * an allowance for each account, pages of elsewhere, problems that explain themselves. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "tests/lib/visitor.h"

enum { ORGANISATIONS = 25, ALLOWED_AT_ONCE = 200, VALUE_SIZE = 4200, HEADERS_SIZE = 512 };

static struct network *network;
static char operator_token[VISITOR_TOKEN_SIZE];

static struct visited ask(const char *method, const char *path, const char *headers, const char *body)
{
        return visitor_ask(network_http_port(network, "gateway-1"),
                           &(struct visitor_request){method, path, operator_token, headers, body});
}

/* The value of a header, "" where it is not there. */
static char *header(const struct visited *answer, const char *name, char ret[VALUE_SIZE])
{
        char line[64];
        (void)snprintf(line, sizeof(line), "\r\n%s: ", name);
        const char *at = strstr(answer->text, line);
        size_t skip = at == NULL || at > answer->body ? 0 : strlen(line);
        (void)snprintf(ret, VALUE_SIZE, "%.*s", skip == 0 ? 0 : (int)strcspn(at + skip, "\r"),
                       skip == 0 ? "" : at + skip);
        return ret;
}

static void assert_status(const struct visited *answer, int status)
{
        if (answer->status != status)
                fail_msg("%d instead of %d: %s", answer->status, status, answer->text);
}

static void put(unsigned number, const char *name)
{
        char body[512];
        (void)snprintf(
                body, sizeof(body),
                "{\"organisation\":{\"kind\":\"ACI\",\"name\":\"%s\","
                "\"territory\":\"31\",\"source\":\"essai\",\"sourceId\":\"%u\"},\"seen\":\"18446744073709551615\"}",
                name, number);
        scoped(visited_fini) struct visited answer = ask("POST", "/v1/directory/PutOrganisation", NULL, body);
        assert_status(&answer, 200);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"directory-1", "directory", ""},
                {"gateway-1", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"requests_per_s\":1,\"requests_at_once\":200,"
                 "\"origins\":\"https://suivi.example https://autre.example:8443\"},"},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        visitor_create(network, &(struct visitor_account){"exploitante", TYPES__ROLE__OPERATOR, "31", false},
                       operator_token);
        for (unsigned i = 0; i < ORGANISATIONS; i++) {
                char name[64];
                (void)snprintf(name, sizeof(name), "Chantier %u de la rue Longue", i);
                put(i, name);
        }
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        return 0;
}

static void test_what_is_known_is_not_sent_again(void **state)
{
        (void)state;
        static const char path[] = "/v1/directory/Organisations?page.limit=3";
        char etag[VALUE_SIZE], position[VALUE_SIZE], condition[HEADERS_SIZE];
        scoped(visited_fini) struct visited first = ask("GET", path, NULL, NULL);
        assert_status(&first, 200);
        assert_int_equal(strncmp(header(&first, "ETag", etag), "W/\"", 3), 0);
        assert_string_equal(header(&first, "Guichet-Position", position),
                            json_string_value(json_object_get(first.json, "position")));

        (void)snprintf(condition, sizeof(condition), "If-None-Match: %.100s\r\n", etag);
        put(ORGANISATIONS - 1, "Celui d'une autre page"); /* another event, the same three lines */
        scoped(visited_fini) struct visited same = ask("GET", path, condition, NULL);
        assert_status(&same, 304);
        assert_string_equal(same.body, "");
        char later[VALUE_SIZE], again[VALUE_SIZE];
        assert_string_equal(header(&same, "ETag", again), etag);
        assert_string_not_equal(header(&same, "Guichet-Position", later), position);

        scoped(visited_fini) struct visited whole = ask("GET", "/v1/directory/Organisations", condition, NULL);
        assert_status(&whole, 200); /* of another question */
        put(0, "Un nom nouveau");
        put(1, "Un nom nouveau");
        put(2, "Un nom nouveau");
        for (unsigned i = 3; i < ORGANISATIONS; i++)
                put(i, "Un nom nouveau");
        scoped(visited_fini) struct visited changed = ask("GET", path, condition, NULL);
        assert_status(&changed, 200);
}

/* Follows the links from page to page: each organisation once, and an end. */
static void test_pages_lead_to_the_next(void **state)
{
        (void)state;
        char path[VALUE_SIZE] = "/v1/directory/Organisations?kind=ACI&page.limit=4", link[VALUE_SIZE];
        size_t pages = 0, lines = 0;
        char seen[ORGANISATIONS + 1][40] = {""};
        for (bool more = true; more; pages++) {
                scoped(visited_fini) struct visited answer = ask("GET", path, NULL, NULL);
                assert_status(&answer, 200);
                json_t *list = json_object_get(json_object_get(answer.json, "reply"), "organisations");
                for (size_t i = 0; i < json_array_size(list); i++, lines++) {
                        const char *id = json_string_value(json_object_get(json_array_get(list, i), "organisationId"));
                        assert_non_null(id);
                        assert_true(lines < ORGANISATIONS);
                        for (size_t before = 0; before < lines; before++)
                                assert_string_not_equal(seen[before], id);
                        (void)snprintf(seen[lines], sizeof(seen[lines]), "%s", id);
                }
                more = header(&answer, "Link", link)[0] != '\0';
                if (more) {
                        assert_non_null(strstr(link, ">; rel=\"next\""));
                        (void)snprintf(path, sizeof(path), "%.*s", (int)strcspn(link + 1, ">"), link + 1);
                }
        }
        assert_int_equal(lines, ORGANISATIONS);
        assert_int_equal(pages, (ORGANISATIONS + 3) / 4);
}

static size_t inflate(const struct visited *answer, char *room, size_t size)
{
        char length[VALUE_SIZE];
        size_t got = 0;
        struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
        assert_int_equal(libdeflate_gzip_decompress(decompressor, answer->body,
                                                    strtoul(header(answer, "Content-Length", length), NULL, 10), room,
                                                    size - 1, &got),
                         0);
        libdeflate_free_decompressor(decompressor);
        room[got] = '\0';
        return got;
}

static void test_answers_are_compressed_for_who_takes_it(void **state)
{
        (void)state;
        static const char path[] = "/v1/directory/Organisations";
        enum { ROOM = 1 << 20 };
        char value[VALUE_SIZE];
        scoped(visited_fini) struct visited plain = ask("GET", path, NULL, NULL);
        scoped(visited_fini) struct visited squeezed = ask("GET", path, "Accept-Encoding: br, gzip\r\n", NULL);
        scoped(visited_fini) struct visited refused = ask("GET", path, "Accept-Encoding: gzip;q=0\r\n", NULL);
        assert_string_equal(header(&plain, "Content-Encoding", value), "");
        assert_string_equal(header(&refused, "Content-Encoding", value), "");
        assert_string_equal(header(&squeezed, "Content-Encoding", value), "gzip");
        assert_string_equal(header(&plain, "Vary", value), "Accept-Encoding");
        char *room = malloc(ROOM);
        assert_non_null(room);
        assert_true(inflate(&squeezed, room, ROOM) > 4 * strtoul(header(&squeezed, "Content-Length", value), NULL, 10));
        assert_string_equal(room, plain.body);
        free(room);
}

/* Security: the answer of a command may hold a token, whose length must not depend on what stands beside it. */
static void test_a_command_is_not_compressed(void **state)
{
        (void)state;
        char value[VALUE_SIZE];
        scoped(visited_fini) struct visited made =
                ask("POST", "/v1/accounts/CreateUser", "Accept-Encoding: gzip\r\n",
                    "{\"name\":\"acheteuse\",\"role\":\"BUYER\",\"territories\":[\"31\"],"
                    "\"organisation\":\"01000000-0000-0000-0000-000000000000\"}");
        assert_status(&made, 200);
        assert_string_equal(header(&made, "Content-Encoding", value), "");
}

/* If-Match says what was read: the last word of who has not read the one before is refused. */
static void test_who_has_not_read_overwrites_nothing(void **state)
{
        (void)state;
        static const char body[] = "{\"organisation\":{\"kind\":\"ACI\",\"name\":\"%s\","
                                   "\"territory\":\"31\",\"source\":\"essai\",\"sourceId\":\"0\"}}";
        char text[512], read[HEADERS_SIZE];
        scoped(visited_fini) struct visited list = ask("GET", "/v1/directory/Organisations?page.limit=1", NULL, NULL);
        (void)snprintf(read, sizeof(read), "If-Match: \"%s\"\r\n",
                       json_string_value(json_object_get(list.json, "position")));
        (void)snprintf(text, sizeof(text), body, "Premier nom");
        scoped(visited_fini) struct visited first = ask("POST", "/v1/directory/PutOrganisation", read, text);
        assert_status(&first, 200);
        (void)snprintf(text, sizeof(text), body, "Second nom");
        scoped(visited_fini) struct visited second = ask("POST", "/v1/directory/PutOrganisation", read, text);
        assert_status(&second, 412);
        assert_string_equal(visited_text(&second, NULL, "code"), "WRONG_STATE");
        scoped(visited_fini) struct visited anyhow =
                ask("POST", "/v1/directory/PutOrganisation", "If-Match: *\r\n", text);
        assert_status(&anyhow, 200);
        scoped(visited_fini) struct visited wrong =
                ask("POST", "/v1/directory/PutOrganisation", "If-Match: douze\r\n", text);
        assert_status(&wrong, 400);
        assert_string_equal(visited_text(&wrong, NULL, "field"), "If-Match");
        scoped(visited_fini) struct visited twice =
                ask("POST", "/v1/directory/PutOrganisation", "If-Match: \"1\"\r\nIf-Match: *\r\n", text);
        assert_status(&twice, 400);
}

static void test_a_problem_explains_itself(void **state)
{
        (void)state;
        char value[VALUE_SIZE];
        scoped(visited_fini) struct visited refused =
                ask("GET", "/v1/directory/Organisations?page.limit=x", NULL, NULL);
        assert_status(&refused, 400);
        assert_string_equal(header(&refused, "Content-Type", value), "application/problem+json; charset=utf-8");
        assert_int_equal(json_integer_value(json_object_get(refused.json, "status")), 400);
        assert_string_equal(visited_text(&refused, NULL, "field"), "page.limit");
        assert_true(strlen(visited_text(&refused, NULL, "detail")) > 0);
        scoped(visited_fini) struct visited told = ask("GET", visited_text(&refused, NULL, "type"), NULL, NULL);
        assert_status(&told, 200);
        assert_string_equal(visited_text(&told, NULL, "title"), visited_text(&refused, NULL, "title"));
        assert_true(strlen(visited_text(&told, NULL, "remedy")) > 0);
        scoped(visited_fini) struct visited nothing = ask("GET", "/v1/problems/TIRED", NULL, NULL);
        assert_status(&nothing, 404);
}

static void test_pages_of_elsewhere(void **state)
{
        (void)state;
        static const char path[] = "/v1/directory/Organisations";
        static const char preflight[] = "Origin: %s\r\nAccess-Control-Request-Method: POST\r\n";
        char headers[HEADERS_SIZE], value[VALUE_SIZE];
        scoped(visited_fini) struct visited mine = ask("GET", path, "Origin: https://suivi.example\r\n", NULL);
        assert_status(&mine, 200);
        assert_string_equal(header(&mine, "Access-Control-Allow-Origin", value), "https://suivi.example");
        assert_string_equal(header(&mine, "Access-Control-Allow-Credentials", value), "");
        scoped(visited_fini) struct visited wrong =
                ask("GET", "/v1/directory/Nothing", "Origin: https://suivi.example\r\n", NULL);
        assert_string_equal(header(&wrong, "Access-Control-Allow-Origin", value), "https://suivi.example");
        scoped(visited_fini) struct visited other = ask("GET", path, "Origin: https://suivi.example.org\r\n", NULL);
        assert_string_equal(header(&other, "Access-Control-Allow-Origin", value), "");

        (void)snprintf(headers, sizeof(headers), preflight, "https://autre.example:8443");
        scoped(visited_fini) struct visited may = ask("OPTIONS", "/v1/directory/PutOrganisation", headers, NULL);
        assert_status(&may, 204);
        assert_non_null(strstr(header(&may, "Access-Control-Allow-Headers", value), "Authorization"));
        assert_string_equal(header(&may, "Access-Control-Allow-Methods", value), "GET, POST, PUT");
        (void)snprintf(headers, sizeof(headers), preflight, "https://inconnu.example");
        scoped(visited_fini) struct visited may_not = ask("OPTIONS", "/v1/directory/PutOrganisation", headers, NULL);
        assert_status(&may_not, 405);
        assert_string_equal(header(&may_not, "Access-Control-Allow-Origin", value), "");
}

/* One account that asks without end waits; nobody else does. */
static void test_an_account_has_an_allowance(void **state)
{
        (void)state;
        char token[VISITOR_TOKEN_SIZE], value[VALUE_SIZE];
        size_t taken = 0;
        visitor_create(network, &(struct visitor_account){"pressee", TYPES__ROLE__OPERATOR, "31", false}, token);
        const struct visitor_request request = {"GET", "/v1/session", token, NULL, NULL};
        for (int status = 200; status == 200 && taken <= 2 * ALLOWED_AT_ONCE; taken++) {
                scoped(visited_fini) struct visited answer =
                        visitor_ask(network_http_port(network, "gateway-1"), &request);
                status = answer.status;
                if (status != 200) {
                        assert_status(&answer, 429);
                        assert_string_equal(header(&answer, "Retry-After", value), "1");
                        assert_string_equal(visited_text(&answer, NULL, "code"), "UNAVAILABLE");
                }
        }
        assert_in_range(taken, ALLOWED_AT_ONCE + 1, 2 * ALLOWED_AT_ONCE);
        scoped(visited_fini) struct visited other = ask("GET", "/v1/session", NULL, NULL);
        assert_status(&other, 200);
        scoped(visited_fini) struct visited metrics = ask("GET", "/metrics", NULL, NULL);
        assert_non_null(strstr(metrics.text, "guichet_http_requests_hurried_total{instance=\"gateway-1\"} 1\n"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_known_is_not_sent_again),
                cmocka_unit_test(test_pages_lead_to_the_next),
                cmocka_unit_test(test_answers_are_compressed_for_who_takes_it),
                cmocka_unit_test(test_a_command_is_not_compressed),
                cmocka_unit_test(test_who_has_not_read_overwrites_nothing),
                cmocka_unit_test(test_a_problem_explains_itself),
                cmocka_unit_test(test_pages_of_elsewhere),
                cmocka_unit_test(test_an_account_has_an_allowance),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
