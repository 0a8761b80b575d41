/* A gateway whose daemon is well and whose door is shut: the supervisor, status and wait say so, for they ask over HTTP
 * as users do. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/world.h"
#include "tests/lib/operator.h"
#include "tests/lib/visitor.h"

enum { PATH_SIZE = 256, TOLD_MS = 60000, LOOK_MS = 20, SEATS = 4 };

static struct operator* operator;
static uint16_t port;

#define RUN(...) operator_run(operator,(const char *const[]){__VA_ARGS__, NULL})

/* Few seats, and a connection keeps its own as long as the test wants; more than one, for the supervisor asks at
 * the door too, when it likes. */
static void give_few_seats(void)
{
        char path[PATH_SIZE];
        size_t i;
        json_t *instance;
        (void)snprintf(path, sizeof(path), "%s/topology.json", operator_directory(operator));
        json_t *topology = json_load_file(path, 0, NULL);
        assert_non_null(topology);
        json_array_foreach (json_object_get(topology, "instances"), i, instance) {
                const char *http = json_string_value(json_object_get(instance, "http"));
                if (http == NULL)
                        continue;
                port = (uint16_t)strtoul(strrchr(http, ':') + 1, NULL, 10);
                assert_int_equal(
                        json_object_set_new(instance, "settings",
                                            json_pack("{s:i, s:i}", "connections_max", SEATS, "idle_timeout_s", 3600)),
                        0);
        }
        assert_int_equal(json_dump_file(topology, path, JSON_INDENT(2)), 0);
        json_decref(topology);
}

static int start(void **state)
{
        (void)state;
        operator= operator_new(NULL);
        give_few_seats();
        operator_up(operator);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        operator_free(operator);
        return 0;
}

/* Until it has one: the supervisor may just sit there. */
static int take_a_seat(const char *token)
{
        char text[256];
        int size = snprintf(text, sizeof(text),
                            "GET /v1/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", token);
        for (;;) {
                int fd = visitor_open(port);
                bool sent = visitor_send(fd, text, (size_t)size);
                scoped(visited_fini) struct visited session = sent ? visitor_receive_one(fd) : (struct visited){0};
                if (session.status == 200)
                        return fd;
                assert_true(session.status == 0 || session.status == 503);
                (void)close(fd);
                (void)poll(NULL, 0, LOOK_MS);
        }
}

static void take_every_seat(int ret_fds[SEATS])
{
        char token[VISITOR_TOKEN_SIZE] = "";
        assert_int_equal(RUN("user", "add", "surveillance", "--role", "OPERATOR"), 0);
        const char *at = strstr(operator_output(operator), "#jeton=");
        assert_non_null(at);
        assert_int_equal(sscanf(at, "#jeton=%63s", token), 1);
        for (size_t i = 0; i < SEATS; i++)
                ret_fds[i] = take_a_seat(token);
}

/* The last that the supervisor told of the gateway, within a deadline; it writes to a file where it has no terminal. */
static void assert_supervisor_says(const char *text)
{
        char path[PATH_SIZE], line[512], last[512] = "";
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + TOLD_MS * UINT64_C(1000);
        (void)snprintf(path, sizeof(path), "%s/up.log", operator_directory(operator));
        while (strstr(last, text) == NULL && world.monotonic_us(&world) < end_us) {
                FILE *file = fopen(path, "re");
                assert_non_null(file);
                while (fgets(line, sizeof(line), file) != NULL) /* discouraged: a line of our own, bounded */
                        if (strncmp(line, "gateway-1 :", 11) == 0)
                                (void)snprintf(last, sizeof(last), "%s", line);
                (void)fclose(file);
                (void)poll(NULL, 0, LOOK_MS);
        }
        if (strstr(last, text) == NULL)
                fail_msg("\"%s\" is not in: %s", text, last);
}

static bool status_says(const char *text)
{
        (void)RUN("status");
        return strstr(operator_output(operator), text) != NULL;
}

static void test_a_shut_door_is_seen(void **state)
{
        (void)state;
        assert_int_equal(RUN("status"), 0);
        assert_false(status_says("ne répond pas en HTTP"));
        int fds[SEATS];
        take_every_seat(fds);
        assert_int_equal(RUN("status"), 1);
        assert_true(status_says("ne répond pas en HTTP"));
        assert_int_equal(RUN("wait", "--seconds", "1"), 1);
        if (strstr(operator_output(operator), "gateway-1 (ne répond pas en HTTP)") == NULL)
                fail_msg("%s", operator_output(operator));
        assert_supervisor_says("ne répond pas en HTTP");
        for (size_t i = 0; i < SEATS; i++)
                (void)close(fds[i]);
        assert_int_equal(RUN("wait", "--seconds", "30"), 0);
        assert_int_equal(RUN("status"), 0);
        assert_supervisor_says("en service");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_shut_door_is_seen),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
