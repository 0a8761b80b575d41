/* A crowd at the door: connections that say nothing, others that send a byte now and then (Slowloris), all of them
 * held, while those who ask are answered, every one; what the gateway holds for them in memory is bounded. And a
 * hundred event streams. GUICHET_CROWD turns the number up: GUICHET_CROWD=10000, with as many open files allowed.
 * Nothing here is timed: scripts/bench crowd and streams do that. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "tests/lib/listener.h"
#include "tests/lib/visitor.h"

enum { CROWD = 600, SLOW = 60, ASKED = 500, STREAMS = 100, PER_CONNECTION_BYTES = 4096, SPARE_BYTES = 8 << 20 };

static struct network *network;
static char token[VISITOR_TOKEN_SIZE];
static size_t crowd;

static uint16_t port(void)
{
        return network_http_port(network, "gateway-1");
}

static int start(void **state)
{
        static char settings[512];
        struct rlimit files;
        (void)state;
        crowd = getenv("GUICHET_CROWD") == NULL ? CROWD : strtoul(getenv("GUICHET_CROWD"), NULL, 10);
        assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
        files.rlim_cur = files.rlim_max;
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
        (void)snprintf(settings, sizeof(settings),
                       "\"settings\":{\"web\":\"tests/integration/web\",\"connections_max\":%zu,\"streams_max\":%d,"
                       "\"streams_per_account\":%d,\"requests_per_s\":0,\"head_timeout_s\":3600,"
                       "\"stranger_age_s\":3600},",
                       (crowd + SLOW) / 4 + 64, STREAMS, STREAMS);
        const struct network_part parts[] = {{"notifications", "notifications", ""},
                                             {"gateway-1", "gateway", settings}};
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

static size_t resident_bytes(void)
{
        char path[64], line[128];
        size_t kib = 0;
        (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)network_pid(network, "gateway-1"));
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        while (kib == 0 && fgets(line, sizeof(line), file) != NULL)
                if (strncmp(line, "VmRSS:", 6) == 0)
                        kib = strtoul(line + 6, NULL, 10);
        (void)fclose(file);
        return kib * 1024;
}

static void assert_bounded(size_t before)
{
#ifndef GUICHET_SANITIZED /* it keeps what was freed */
        assert_true(resident_bytes() < before + (crowd + SLOW) * PER_CONNECTION_BYTES + SPARE_BYTES);
#else
        (void)before;
#endif
}

static size_t counted(const char *name)
{
        scoped(visited_fini) struct visited metrics = visitor_ask(port(), &(struct visitor_request){"GET", "/metrics"});
        char key[128];
        assert_int_equal(metrics.status, 200);
        (void)snprintf(key, sizeof(key), "guichet_http_%s{instance=\"gateway-1\"} ", name);
        const char *at = strstr(metrics.text, key);
        assert_non_null(at);
        return strtoul(at + strlen(key), NULL, 10);
}

static void wait_for(const char *name, size_t count)
{
        for (int waited_ms = 0; counted(name) != count; waited_ms += 50) {
                assert_true(waited_ms < VISITOR_WAIT_MS);
                (void)poll(NULL, 0, 50);
        }
}

static void ask_all(void)
{
        for (int i = 0; i < ASKED; i++) {
                scoped(visited_fini) struct visited session =
                        visitor_ask(port(), &(struct visitor_request){"GET", "/v1/session", .token = token});
                assert_int_equal(session.status, 200);
        }
}

static void test_who_asks_is_answered_beside_a_crowd(void **state)
{
        static const char head[] = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Lent: ";
        int *fds = calloc(crowd, sizeof(*fds)), slow[SLOW];
        (void)state;
        assert_non_null(fds);
        ask_all();
        size_t before = resident_bytes();
        for (size_t i = 0; i < crowd; i++)
                fds[i] = visitor_open(port());
        for (size_t i = 0; i < SLOW; i++) {
                slow[i] = visitor_open(port());
                assert_true(visitor_send(slow[i], head, sizeof(head) - 1));
        }
        wait_for("connections_waiting", crowd + SLOW);
        for (int turn = 0; turn < 3; turn++) {
                for (size_t i = 0; i < SLOW; i++)
                        assert_true(visitor_send(slow[i], "a", 1));
                ask_all();
        }
        assert_bounded(before);
        assert_int_equal(counted("connections_waiting"), crowd + SLOW);
        assert_int_equal(counted("connections_turned_away_total"), 0);
        assert_int_equal(counted("connections_let_go_total"), 0);
        for (size_t i = 0; i < crowd; i++)
                (void)close(fds[i]);
        for (size_t i = 0; i < SLOW; i++) { /* a slow one that comes to its end is answered like any other */
                assert_true(visitor_send(slow[i], "\r\n\r\n", 4));
                scoped(visited_fini) struct visited page = visitor_receive_one(slow[i]);
                assert_int_equal(page.status, 200);
                (void)close(slow[i]);
        }
        free(fds);
}

static void test_streams_give_their_seats_back(void **state)
{
        struct listener open[STREAMS];
        (void)state;
        size_t before = resident_bytes();
        for (size_t i = 0; i < STREAMS; i++) {
                assert_int_equal(listener_open(&(struct listener_wish){port(), token, NULL, NULL, 0}, &open[i]), 200);
                scoped(heard_fini) struct heard heard = listener_next(&open[i]);
                assert_string_equal(heard.name, "open");
        }
        assert_int_equal(counted("streams"), STREAMS);
        assert_true(counted("connections") <= 2); /* who counts, and one that has just left */
        assert_true(resident_bytes() < before + STREAMS * PER_CONNECTION_BYTES + SPARE_BYTES);
        struct listener more;
        assert_int_equal(listener_open(&(struct listener_wish){port(), token, NULL, NULL, 0}, &more), 503);
        for (size_t i = 0; i < STREAMS; i++)
                listener_close(&open[i]);
        wait_for("streams", 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_who_asks_is_answered_beside_a_crowd),
                cmocka_unit_test(test_streams_give_their_seats_back),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
