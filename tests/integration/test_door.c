/* The gateway's door, from outside: floods, silence, and requests that two programs would read differently. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "tests/lib/visitor.h"

enum { SEATS = 16, PER_ADDRESS = 8, BURST = 200, BURSTS = 20 };

#define PAGE "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

static struct network *network;
static char token[VISITOR_TOKEN_SIZE];

static uint16_t port(void)
{
        return network_http_port(network, "gateway-1");
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"gateway-1", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"connections_max\":16,\"strangers_per_address\":8,"
                 "\"head_timeout_s\":3,\"request_timeout_s\":3,\"idle_timeout_s\":2,\"stranger_age_s\":3},"},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        visitor_create(network, &(struct visitor_account){"claire", TYPES__ROLE__FACILITATOR, "31", false}, token);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        return 0;
}

static void assert_served(void)
{
        scoped(visited_fini) struct visited page = visitor_ask(port(), &(struct visitor_request){"GET", "/"});
        assert_int_equal(page.status, 200);
}

static void assert_has(const struct visited *answer, const char *part)
{
        if (strstr(answer->text, part) == NULL)
                fail_msg("\"%s\" is not in: %s", part, answer->text);
}

/* What a browser must not do stands on every answer. */
static void assert_guarded(const struct visited *answer)
{
        static const char *const guards[] = {"\r\nContent-Security-Policy: default-src 'self'",
                                             "\r\nX-Content-Type-Options: nosniff\r\n",
                                             "\r\nX-Frame-Options: DENY\r\n",
                                             "\r\nReferrer-Policy: no-referrer\r\n",
                                             "\r\nCross-Origin-Opener-Policy: same-origin\r\n",
                                             "\r\nCross-Origin-Resource-Policy: same-origin\r\n"};
        for (size_t i = 0; i < ARRAY_SIZE(guards); i++)
                assert_has(answer, guards[i]);
}

/* One request on a connection that stays open. */
static int ask_on(int fd, const char *request)
{
        if (!visitor_send(fd, request, strlen(request)))
                return 0;
        scoped(visited_fini) struct visited answer = visitor_receive_one(fd);
        return answer.status;
}

static const char *with_token(void)
{
        static char text[256];
        (void)snprintf(text, sizeof(text),
                       "GET /v1/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", token);
        return text;
}

/* --- floods --------------------------------------------------------------------------------------------------------
 */

/* More silent connections than there are seats, closed together, again and again: the door stays open meanwhile. */
static void test_silent_bursts_make_nobody_deaf(void **state)
{
        (void)state;
        int fds[BURST];
        for (int burst = 0; burst < BURSTS; burst++) {
                for (size_t i = 0; i < BURST; i++)
                        fds[i] = visitor_open(port());
                if (burst % 2 == 0)
                        assert_served();
                for (size_t i = 0; i < BURST; i++)
                        (void)close(fds[i]);
                assert_served();
        }
}

/* As many connections as there are seats, and more, that asked once and are kept open: each newcomer is served. */
static void test_idle_connections_lock_nobody_out(void **state)
{
        (void)state;
        int fds[3 * SEATS];
        for (size_t i = 0; i < ARRAY_SIZE(fds); i++) {
                fds[i] = visitor_open(port());
                assert_int_equal(ask_on(fds[i], PAGE), 200);
        }
        assert_served();
        scoped(visited_fini) struct visited session =
                visitor_ask(port(), &(struct visitor_request){"GET", "/v1/session", .token = token});
        assert_int_equal(session.status, 200);
        for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
                (void)close(fds[i]);
}

/* Who showed a token is never let go for others. Where all seats are theirs, a stranger is told so at once. */
static void test_full_of_known_visitors(void **state)
{
        (void)state;
        int fds[SEATS];
        for (size_t i = 0; i < SEATS; i++) {
                fds[i] = visitor_open(port());
                assert_int_equal(ask_on(fds[i], with_token()), 200);
        }
        for (int i = 0; i < 3; i++) {
                scoped(visited_fini) struct visited busy = visitor_ask(port(), &(struct visitor_request){"GET", "/"});
                assert_int_equal(busy.status, 503);
                assert_guarded(&busy);
                assert_has(&busy, "\r\nRetry-After: 5\r\n");
                assert_string_equal(visited_text(&busy, NULL, "code"), "UNAVAILABLE");
        }
        for (size_t i = 0; i < SEATS; i++)
                assert_int_equal(ask_on(fds[i], with_token()), 200);
        (void)close(fds[0]);
        for (int status = 503; status == 503;) { /* until its end has been seen */
                scoped(visited_fini) struct visited page = visitor_ask(port(), &(struct visitor_request){"GET", "/"});
                status = page.status;
                assert_true(status == 503 || status == 200);
        }
        for (size_t i = 1; i < SEATS; i++)
                (void)close(fds[i]);
}

/* Another machine may hold so many connections without a token; those with one do not count. */
/* So many of one address, and one more: its status. As long as the gateway has not seen that the visitors of the test
 * before are gone, it is full, and may have sent one of these away for another: then the one more has room. */
static unsigned status_of_one_more(int fds[PER_ADDRESS], struct visited *ret)
{
        for (size_t i = 0; i < PER_ADDRESS; i++) {
                fds[i] = visitor_open_from(port(), "127.0.0.2");
                assert_int_equal(ask_on(fds[i], PAGE), 200);
        }
        int late = visitor_open_from(port(), "127.0.0.2");
        assert_true(visitor_send(late, PAGE, strlen(PAGE)));
        *ret = visitor_receive(late);
        (void)close(late);
        return (unsigned)ret->status;
}

static void close_all(int fds[PER_ADDRESS])
{
        for (size_t i = 0; i < PER_ADDRESS; i++)
                (void)close(fds[i]);
}

static void test_strangers_of_one_address(void **state)
{
        (void)state;
        int fds[PER_ADDRESS];
        scoped(visited_fini) struct visited busy = {0};
        for (int tries = 1; status_of_one_more(fds, &busy) != 503; tries++) {
                assert_true(tries < 20);
                visited_fini(&busy);
                close_all(fds);
                (void)poll(NULL, 0, 100);
        }
        assert_guarded(&busy);
        int other = visitor_open_from(port(), "127.0.0.3");
        assert_int_equal(ask_on(other, PAGE), 200);
        (void)close(other);

        assert_int_equal(ask_on(fds[0], with_token()), 200);
        int again = visitor_open_from(port(), "127.0.0.2");
        assert_int_equal(ask_on(again, PAGE), 200);
        (void)close(again);
        close_all(fds);
}

/* Requests keep a connection alive, but a stranger's not for ever. */
static void test_a_stranger_grows_old(void **state)
{
        (void)state;
        int stranger = visitor_open(port()), known = visitor_open(port());
        struct world world = world_real();
        uint64_t start_us = world.monotonic_us(&world);
        bool closed = false;
        while (!closed) {
                struct pollfd waiting = {.fd = stranger, .events = POLLIN};
                assert_int_equal(ask_on(known, with_token()), 200);
                closed = ask_on(stranger, PAGE) == 0 || (poll(&waiting, 1, 100) == 1);
                assert_true(world.monotonic_us(&world) - start_us < VISITOR_WAIT_MS * UINT64_C(1000));
        }
        assert_true(world.monotonic_us(&world) - start_us > 2500000);
        assert_int_equal(ask_on(known, with_token()), 200);
        (void)close(stranger);
        (void)close(known);
}

/* --- bodies --------------------------------------------------------------------------------------------------------
 */

/* The answer is there before a byte of the body is. */
static void test_no_body_of_a_stranger_is_read(void **state)
{
        (void)state;
        static const char *const requests[] = {
                "POST /v1/accounts/CreateUser HTTP/1.1\r\nHost: x\r\nContent-Length: 262144\r\n\r\n",
                "POST /v1/accounts/CreateUser HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40000\r\n",
                "POST /v1/accounts/CreateUser HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
        };
        for (size_t i = 0; i < ARRAY_SIZE(requests); i++) {
                int fd = visitor_open(port());
                assert_true(visitor_send(fd, requests[i], strlen(requests[i])));
                scoped(visited_fini) struct visited answer = visitor_receive(fd);
                assert_int_equal(answer.status, 401);
                assert_guarded(&answer);
                (void)close(fd);
        }
        /* one that sends it all the same reads the answer too */
        scoped(visited_fini) struct visited answer = {0};
        char *text = malloc(300000);
        assert_non_null(text);
        int head = snprintf(text, 300000, "%s", requests[0]);
        memset(text + head, ' ', 262144);
        answer = visitor_send_raw(port(), text, (size_t)head + 262144);
        assert_int_equal(answer.status, 401);
        free(text);
}

static void test_a_half_closed_visitor_gets_her_answer(void **state)
{
        (void)state;
        int fd = visitor_open(port());
        assert_true(visitor_send(fd, with_token(), strlen(with_token())));
        assert_true(visitor_send(fd, PAGE, strlen(PAGE)));
        assert_int_equal(shutdown(fd, SHUT_WR), 0);
        scoped(visited_fini) struct visited answer = visitor_receive(fd);
        assert_int_equal(answer.status, 200);
        assert_has(&answer, "\"user\":\"claire\"");
        assert_has(&answer, "<title>Essai</title>");
        (void)close(fd);
}

/* --- what two programs would read differently ----------------------------------------------------------------------
 */

struct flaw {
        const char *bytes;
        int status;
        const char *text;
};

#define NEXT "\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n"

static void assert_flawed(const struct flaw *flaw, const char *bytes, size_t size)
{
        scoped(visited_fini) struct visited answer = visitor_send_raw(port(), bytes, size);
        if (answer.status != flaw->status)
                fail_msg("%d instead of %d for %.60s: %s", answer.status, flaw->status, bytes, answer.text);
        assert_guarded(&answer);
        assert_has(&answer, "\r\nConnection: close\r\n");
        const char *text = visited_text(&answer, NULL, "detail"); /* and nothing behind it, or it would be no JSON */
        if (text == NULL || strstr(text, flaw->text) == NULL)
                fail_msg("\"%s\" is not in: %s", flaw->text, answer.text);
}

static void test_flawed_requests_are_answered_and_the_last(void **state)
{
        (void)state;
        static const struct flaw flaws[] = {
                {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6" NEXT, 400, "deux fois"},
                {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5" NEXT, 400, "deux fois"},
                {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5" NEXT, 400, "Content-Length"},
                {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5" NEXT, 400, "Content-Length"},
                {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked" NEXT, 400,
                 "Content-Length"},
                {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked" NEXT, 400, "chunked"},
                {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked" NEXT, 400, "Nom: valeur"},
                {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked" NEXT, 400, "chunked"},
                {"GET / HTTP/1.1\nHost: x" NEXT, 400, "CR LF"},
                {"GET / HTTP/1.1\r\nHost: x\nX: y" NEXT, 400, "CR LF"},
                {"GET / HTTP/1.1\r\nHost: x\n\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n", 400, "CR LF"},
                {"GET / HTTP/1.1\r\nHost: x\rX: y" NEXT, 400, "CR LF"},
                {"GET /index.html%00.txt HTTP/1.1\r\nHost: x" NEXT, 400, "nul"},
                {"GET / HTTP/1.1\r\nHost: x\r\n folded" NEXT, 400, "Nom: valeur"},
                {"GET / HTTP/1.1\r\nno colon here" NEXT, 400, "Nom: valeur"},
                {"GET / HTTP/1.1" NEXT, 400, "Host"},
                {"GET / HTTP/1.1\r\nHost: a\r\nHost: b" NEXT, 400, "Host"},
                {"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nauthorization: Bearer b" NEXT, 400,
                 "deux fois"},
                {"GET / HTTP/9.9\r\nHost: x" NEXT, 505, "HTTP/1.1"},
                {"GARBAGE" NEXT, 400, "HTTP"},
                {"\r\n\r\n", 400, "HTTP"},
                {"\x16\x03\x01\x02\xff\x01", 400, "caractère"},
                {"POST /v1/accounts/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 262145" NEXT, 413, "256 Kio"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(flaws); i++)
                assert_flawed(&flaws[i], flaws[i].bytes, strlen(flaws[i].bytes));
        static const char nul[] = "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n";
        assert_flawed(&(struct flaw){nul, 400, "nul"}, nul, sizeof(nul) - 1);
}

/* Pieces that are none are found in the middle of a body, whose sender is known. */
static void test_flawed_pieces(void **state)
{
        (void)state;
        static const struct flaw flaws[] = {
                {"5;x=y\r\nabcde\r\n0\r\n\r\n", 400, "morceau"},
                {"5\nabcde\r\n0\r\n\r\n", 400, "morceau"},
                {"5\r\nabcdef\r\n0\r\n\r\n", 400, "morceau"},
                {"5\r\nabcde\r\n0\r\nX: y\r\n\r\n", 400, "morceau"},
                {"g\r\n", 400, "morceau"},
                {"111111111\r\n", 400, "morceau"},
                {"40001\r\n", 413, "256 Kio"},
        };
        char text[512];
        for (size_t i = 0; i < ARRAY_SIZE(flaws); i++) {
                int size = snprintf(text, sizeof(text),
                                    "POST /v1/accounts/CreateUser HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                                    "Transfer-Encoding: chunked\r\n\r\n%s",
                                    token, flaws[i].bytes);
                assert_flawed(&flaws[i], text, (size_t)size);
        }
        int size = snprintf(
                text, sizeof(text),
                "POST /v1/accounts/CreateUser HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n7\r\nname\":1\r\n1\r\n}\r\n0\r\n"
                "\r\n",
                token);
        scoped(visited_fini) struct visited sound = visitor_send_raw(port(), text, (size_t)size);
        assert_int_equal(sound.status, 400); /* of the daemon's mapping: it was read */
        assert_string_equal(visited_text(&sound, NULL, "field"), "name");
}

/* What came before in good order is answered first. */
static void test_a_flaw_behind_a_good_request(void **state)
{
        (void)state;
        static const char text[] = PAGE PAGE "GET / HTTP/1.1\r\nHost: x\nContent-Length: 0\r\n\r\n" PAGE;
        scoped(visited_fini) struct visited all = visitor_send_raw(port(), text, strlen(text));
        unsigned answers = 0;
        for (const char *at = all.text; (at = strstr(at, "HTTP/1.1 ")) != NULL; at++)
                answers++;
        assert_int_equal(answers, 3);
        assert_int_equal(all.status, 200);
        assert_has(&all, "HTTP/1.1 400 ");
}

static void test_too_long(void **state)
{
        (void)state;
        size_t room = 200000;
        char *text = malloc(room);
        assert_non_null(text);
        memset(text, 'a', room);
        memcpy(text, "GET /", 5);
        assert_flawed(&(struct flaw){text, 414, "32 Kio"}, text, room);
        memcpy(text, "GET / HTTP/1.1\r\nHost: x\r\nX: ", 28);
        assert_flawed(&(struct flaw){text, 431, "64 Kio"}, text, room);
        int used = snprintf(text, room, "GET / HTTP/1.1\r\nHost: x\r\n");
        for (int i = 0; i < 120; i++)
                used += snprintf(text + used, room - (size_t)used, "X-%d: y\r\n", i);
        used += snprintf(text + used, room - (size_t)used, "\r\n");
        assert_flawed(&(struct flaw){text, 431, "100 lignes"}, text, (size_t)used);
        free(text);
        assert_served();
}

/* A page of elsewhere, whose name was made to lead to this machine, asks with its own name. */
static void test_host_of_health_and_metrics(void **state)
{
        (void)state;
        static const struct {
                const char *host;
                int status;
        } rows[] = {{"localhost", 200},
                    {"LocalHost:8080", 200},
                    {"127.0.0.1:80", 200},
                    {"[::1]:8080", 200},
                    {"evil.example", 401},
                    {"evil.example:8080", 401},
                    {"localhost.evil", 401},
                    {"127.0.0.1.evil", 401},
                    {"evil.example/localhost", 401},
                    {"", 401}};
        char text[256];
        for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
                int size = snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n",
                                    i % 2 == 0 ? "/health" : "/metrics", rows[i / 2].host);
                scoped(visited_fini) struct visited answer = visitor_send_raw(port(), text, (size_t)size);
                if (answer.status != rows[i / 2].status)
                        fail_msg("%d for %s", answer.status, text);
                assert_guarded(&answer);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_silent_bursts_make_nobody_deaf),
                cmocka_unit_test(test_idle_connections_lock_nobody_out),
                cmocka_unit_test(test_full_of_known_visitors),
                cmocka_unit_test(test_strangers_of_one_address),
                cmocka_unit_test(test_a_stranger_grows_old),
                cmocka_unit_test(test_no_body_of_a_stranger_is_read),
                cmocka_unit_test(test_a_half_closed_visitor_gets_her_answer),
                cmocka_unit_test(test_flawed_requests_are_answered_and_the_last),
                cmocka_unit_test(test_flawed_pieces),
                cmocka_unit_test(test_a_flaw_behind_a_good_request),
                cmocka_unit_test(test_too_long),
                cmocka_unit_test(test_host_of_health_and_metrics),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
