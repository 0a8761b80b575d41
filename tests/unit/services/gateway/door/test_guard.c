/* Requests byte for byte: what passes, where one ends and the next begins, and each way to be refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/door/guard.h"

struct outcome {
        size_t passed;
        unsigned heads;
        unsigned whole;
        const struct guard_flaw *flaw;
        const char *instead;
};

/* In pieces of `piece` bytes, as a network may deliver them. */
static struct outcome look(const char *bytes, size_t size, size_t piece)
{
        struct guard guard = {0};
        struct outcome outcome = {0};
        for (size_t there = 0; there < size && outcome.flaw == NULL;) {
                there = size - there < piece ? size : there + piece;
                for (bool more = true; more;) {
                        struct guard_look l = guard_look(&guard, bytes + outcome.passed, there - outcome.passed);
                        more = l.verdict == GUARD_PASS;
                        outcome.passed += l.size;
                        outcome.heads += l.is_head;
                        outcome.whole += l.verdict == GUARD_PASS && l.is_whole;
                        outcome.flaw = l.flaw;
                        outcome.instead = l.instead;
                }
        }
        return outcome;
}

static void assert_passes(const char *bytes, unsigned requests)
{
        for (size_t piece = 1; piece < strlen(bytes) + 1; piece++) {
                struct outcome outcome = look(bytes, strlen(bytes), piece);
                if (outcome.flaw != NULL)
                        fail_msg("%s: %s", outcome.flaw->text, bytes);
                assert_int_equal(outcome.passed, strlen(bytes));
                assert_int_equal(outcome.heads, requests);
                assert_int_equal(outcome.whole, requests);
        }
}

static void assert_refused(const char *bytes, size_t size, int status)
{
        for (size_t piece = 1; piece <= size; piece += size < 1000 ? 1 : size / 3) {
                struct outcome outcome = look(bytes, size, piece);
                if (outcome.flaw == NULL)
                        fail_msg("passed: %.60s", bytes);
                assert_int_equal(outcome.flaw->status, status);
                assert_int_equal(outcome.whole, 0);
                assert_non_null(outcome.instead);
        }
}

#define HEAD "POST /a HTTP/1.1\r\nHost: x\r\n"

static void what_is_sound_passes(void **state)
{
        (void)state;
        assert_passes("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 1);
        assert_passes("GET / HTTP/1.0\r\n\r\n", 1);
        assert_passes("GET /a?b=c%00&d HTTP/1.1\r\nhost:\t x \t\r\nX-Empty:\r\nX: \xc3\xa9\r\n\r\n", 1);
        assert_passes(HEAD "Content-Length: 0\r\n\r\n" HEAD "Content-Length: 005\r\n\r\nabcdeGET / HTTP/1.0\r\n\r\n",
                      3);
        assert_passes(HEAD "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n00a\r\n0123456789\r\n0\r\n\r\n"
                           "GET / HTTP/1.0\r\n\r\n",
                      2);
}

static void each_flaw_has_its_status(void **state)
{
        (void)state;
        static const struct {
                const char *bytes;
                int status;
        } rows[] = {
                {"GET  HTTP/1.1\r\n\r\n", 400},
                {"GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
                {"GET / http/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505},
                {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
                {"GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET /\x7f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
                {"GET / HTTP/1.1\r\nHost: x\r\n\n", 400},
                {"GET / HTTP/1.1\rHost: x\r\n\r\n", 400},
                {"\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                {"GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
                {"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400},
                {"GET / HTTP/1.1\r\n: x\r\n\r\n", 400},
                {"GET / HTTP/1.1\r\nHost\r\n\r\n", 400},
                {"GET / HTTP/1.1\r\nX: y\r\n\r\n", 400},
                {HEAD "HOST: y\r\n\r\n", 400},
                {HEAD "Content-Length:\r\n\r\n", 400},
                {HEAD "Content-Length: -1\r\n\r\n", 400},
                {HEAD "Content-Length: 0x5\r\n\r\n", 400},
                {HEAD "Content-Length: 1 1\r\n\r\n", 400},
                {HEAD "Content-Length: 99999999999999999999\r\n\r\n", 400},
                {HEAD "Content-Length: 9999999999999999999\r\n\r\n", 413},
                {HEAD "Content-Length: 262145\r\n\r\n", 413},
                {HEAD "Content-Length: 1\r\nContent-length: 1\r\n\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
                {HEAD "Transfer-Encoding: identity\r\n\r\n", 400},
                {HEAD "Transfer-Encoding: \x0b"
                      "chunked\r\n\r\n",
                 400},
                {HEAD "Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n", 400},
                {HEAD "Expect: a\r\nExpect: b\r\n\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n0x1\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n1 \r\na\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n000000001\r\na\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n1\r\na\rb", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\nGET", 400},
                {HEAD "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", 413},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_refused(rows[i].bytes, strlen(rows[i].bytes), rows[i].status);
        static const char nul[] = "GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n";
        assert_refused(nul, sizeof(nul) - 1, 400);
}

/* What stands instead of a flaw makes the library's request whole: the guard itself says so. */
static void what_stands_instead_is_sound(void **state)
{
        (void)state;
        static const char *const rows[] = {
                "rubbish\r\n\r\n",
                HEAD "Transfer-Encoding: chunked\r\n\r\nx",
                HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\nabc",
                HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n;",
                HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nx",
        };
        char text[512];
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct outcome outcome = look(rows[i], strlen(rows[i]), 1000);
                assert_non_null(outcome.flaw);
                (void)snprintf(text, sizeof(text), "%.*s%s", (int)outcome.passed, rows[i], outcome.instead);
                assert_passes(text, 1);
        }
}

/* Each bound at its last good value and one beyond. The text is `prefix`, so many 'a', and `suffix`. */
static void assert_bound(const char *prefix, size_t count, const char *suffix, int status)
{
        size_t size = strlen(prefix) + count + strlen(suffix);
        char *text = malloc(size + 1);
        assert_non_null(text);
        (void)snprintf(text, size + 1, "%s", prefix);
        memset(text + strlen(prefix), 'a', count);
        (void)snprintf(text + strlen(prefix) + count, strlen(suffix) + 1, "%s", suffix);
        if (status == 0)
                assert_null(look(text, size, size).flaw);
        else
                assert_refused(text, size, status);
        free(text);
}

static void bounds(void **state)
{
        (void)state;
        static const char end[] = " HTTP/1.1\r\nHost: x\r\n\r\n";
        assert_bound("GET /", GUARD_LINE_MAX - 20, end, 0);
        assert_bound("GET /", GUARD_LINE_MAX, end, 414);
        assert_bound("GET /", GUARD_LINE_MAX, "", 414); /* before its end has come */
        assert_bound("GET / HTTP/1.1\r\nHost: x\r\nX: ", GUARD_HEAD_MAX - 100, "\r\n\r\n", 0);
        assert_bound("GET / HTTP/1.1\r\nHost: x\r\nX: ", GUARD_HEAD_MAX, "", 431);
        assert_bound("GET / HTTP/1.1\r\nHost: x\r\nCookie: ", GUARD_COOKIES_MAX, "\r\n\r\n", 0);
        assert_bound("GET / HTTP/1.1\r\nHost: x\r\nCookie: ", GUARD_COOKIES_MAX + 1, "\r\n\r\n", 431);
        for (int beyond = 0; beyond < 2; beyond++) {
                char lines[2048] = "", query[1024] = "/?";
                size_t used = 0;
                for (int i = 1; i < GUARD_HEADERS_MAX + beyond; i++) /* Host is one */
                        used += (size_t)snprintf(lines + used, sizeof(lines) - used, "X: y\r\n");
                char text[4096];
                int size = snprintf(text, sizeof(text), "GET / HTTP/1.1\r\nHost: x\r\n%s\r\n", lines);
                assert_int_equal(look(text, (size_t)size, (size_t)size).flaw != NULL, beyond);
                memset(query + 2, '&', GUARD_PARAMETERS_MAX - 1 + (size_t)beyond);
                query[2 + GUARD_PARAMETERS_MAX - 1 + beyond] = '\0';
                size = snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", query);
                assert_int_equal(look(text, (size_t)size, (size_t)size).flaw != NULL, beyond);
        }
        assert_bound(HEAD "Content-Length: 262144\r\n\r\n", GUARD_BODY_MAX, "", 0);
        assert_bound(HEAD "Transfer-Encoding: chunked\r\n\r\n40000\r\n", GUARD_BODY_MAX, "\r\n0\r\n\r\n", 0);
        assert_bound(HEAD "Transfer-Encoding: chunked\r\n\r\n40000\r\n", GUARD_BODY_MAX, "\r\n1\r\na\r\n", 413);
}

static void a_file_may_be_longer(void **state)
{
        (void)state;
        static const struct {
                const char *line; /* and a length */
                int length, status;
        } cases[] = {
                {"POST /v1/table HTTP/1.1", GUARD_FILE_MAX, 0},
                {"POST /v1/table HTTP/1.1", GUARD_FILE_MAX + 1, 413},
                {"PUT /v1/table HTTP/1.1", GUARD_FILE_MAX, 413},
                {"PUT /v1/files/tracking/PutDocumentPiece?a=b HTTP/1.1", GUARD_PIECES_MAX, 0},
                {"PUT /v1/files/tracking/PutDocumentPiece?a=b HTTP/1.1", GUARD_PIECES_MAX + 1, 413},
                {"POST /v1/files/tracking/PutDocumentPiece HTTP/1.1", GUARD_FILE_MAX, 413},
                {"POST /v1/tables HTTP/1.1", GUARD_FILE_MAX, 413},
                {"POST /v1/%74able HTTP/1.1", GUARD_FILE_MAX, 413},
                {"POST /v1/table?a=b HTTP/1.1", GUARD_FILE_MAX, 413},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                char text[256];
                int size = snprintf(text, sizeof(text), "%s\r\nHost: x\r\nContent-Length: %d\r\n\r\n", cases[i].line,
                                    cases[i].length);
                struct guard guard = {0};
                struct guard_look l = guard_look(&guard, text, (size_t)size);
                assert_int_equal(l.flaw == NULL ? 0 : l.flaw->status, cases[i].status);
        }
        /* and the next request on the same connection may not */
        struct guard guard = {0};
        static const char file[] = "POST /v1/table HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n";
        static const char next[] = "POST /v1/a/B HTTP/1.1\r\nHost: x\r\nContent-Length: 262145\r\n\r\n";
        assert_int_equal(guard_look(&guard, file, sizeof(file) - 1).verdict, GUARD_PASS);
        assert_true(guard_look(&guard, "a", 1).is_whole);
        assert_int_equal(guard_look(&guard, next, sizeof(next) - 1).verdict, GUARD_FLAW);
}

static void the_authorization_is_told(void **state)
{
        (void)state;
        static const char text[] = "GET / HTTP/1.1\r\nHost: x\r\nauthorization:  Bearer abc \r\n\r\n";
        struct guard guard = {0};
        struct guard_look l = guard_look(&guard, text, strlen(text));
        assert_true(l.is_head && l.is_whole);
        assert_int_equal(l.authorization_size, 10);
        assert_memory_equal(l.authorization, "Bearer abc", 10);
        l = guard_look(&guard, "GET / HTTP/1.0\r\n\r\n", 18);
        assert_true(l.is_head);
        assert_null(l.authorization);
}

/* The session's cookie is told like it; two of them are none. */
static void the_session_is_told(void **state)
{
        (void)state;
        static const char text[] = "GET / HTTP/1.1\r\nHost: x\r\ncookie: a=1; __Host-guichet=abc; b=2\r\n\r\n";
        static const char twice[] = "GET / HTTP/1.1\r\nHost: x\r\nCookie: __Host-guichet=a; __Host-guichet=b\r\n\r\n";
        struct guard guard = {0}, other = {0};
        struct guard_look told = guard_look(&guard, text, strlen(text));
        assert_int_equal(told.verdict, GUARD_PASS);
        assert_true(slice_equal(told.session, slice_of_text("abc")));
        told = guard_look(&other, twice, strlen(twice));
        assert_int_equal(told.verdict, GUARD_PASS);
        assert_int_equal(told.session.size, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_sound_passes),         cmocka_unit_test(each_flaw_has_its_status),
                cmocka_unit_test(what_stands_instead_is_sound), cmocka_unit_test(bounds),
                cmocka_unit_test(the_session_is_told),          cmocka_unit_test(the_authorization_is_told),
                cmocka_unit_test(a_file_may_be_longer),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
