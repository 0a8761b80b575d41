/* A gateway behind Debian's nginx, with the file that deploy/ gives as an example: TLS and HTTP/2 by curl, a stream
 * that is passed on as it comes, and whom a visitor is taken for, whatever she writes. */
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
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/ports.h"
#include "tests/lib/send_signal.h"
#include "tests/lib/visitor.h"

enum { ANSWER_SIZE = 1 << 16, COMMAND_SIZE = 4096, LOOK_MS = 20, WAIT_MS = 60000 };

static struct network *network;
static char token[VISITOR_TOKEN_SIZE], directory[64], answer[ANSWER_SIZE];
static uint16_t tls_port, plain_port;
static pid_t nginx;

/* A shell's command; what it writes, in `answer`. Its status. */
static int run(const char *format, ...) ATTR_FORMAT(1, 2);
static int run(const char *format, ...)
{
        char command[COMMAND_SIZE];
        va_list arguments;
        va_start(arguments, format);
        assert_in_range(vsnprintf(command, sizeof(command), format, arguments), 1, sizeof(command) - 1);
        va_end(arguments);
        FILE *out = popen(command, "re");
        assert_non_null(out);
        size_t size = fread(answer, 1, sizeof(answer) - 1, out);
        answer[size] = '\0';
        return pclose(out);
}

/* deploy/nginx.conf with this network's ports, and places where anybody may write. */
static void write_configuration(void)
{
        assert_int_equal(run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
                             "/CN=localhost -keyout %s/privkey.pem -out %s/fullchain.pem 2>&1",
                             directory, directory),
                         0);
        assert_int_equal(
                run("sed -e 's|listen 80;|listen 127.0.0.1:%u;|' -e 's|listen 443 ssl|listen 127.0.0.1:%u ssl|' "
                    "-e 's|/etc/ssl/guichet|%s|' -e 's|server 127.0.0.1:8080|server 127.0.0.1:%u|' "
                    "-e 's|^http {|&\\nclient_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f; "
                    "uwsgi_temp_path %s/u; scgi_temp_path %s/s;|' deploy/nginx.conf >%s/nginx.conf",
                    plain_port, tls_port, directory, network_http_port(network, "gateway-1"), directory, directory,
                    directory, directory, directory, directory),
                0);
}

static void start_nginx(void)
{
        char globals[256], configuration[128];
        (void)snprintf(configuration, sizeof(configuration), "%s/nginx.conf", directory);
        (void)snprintf(globals, sizeof(globals), "daemon off; pid %s/pid; error_log %s/error.log;", directory,
                       directory);
        nginx = fork();
        assert_true(nginx >= 0);
        if (nginx == 0) {
                (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
                (void)execl("/usr/sbin/nginx", "nginx", "-p", directory, "-c", configuration, "-g", globals, "-e",
                            "/dev/null", (char *)NULL);
                _exit(127);
        }
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_MS) {
                if (run("curl -sk -o /dev/null https://127.0.0.1:%u/", tls_port) == 0)
                        return;
                (void)poll(NULL, 0, LOOK_MS);
        }
        (void)run("cat %s/error.log", directory);
        fail_msg("nginx: %s", answer);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts", "contracts", ""},
                {"notifications", "notifications", ""},
                {"gateway-1", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"heartbeat_s\":1,\"proxies\":\"127.0.0.1\","
                 "\"strangers_requests_per_s\":1,\"requests_at_once\":20},"}};
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        visitor_create(network, &(struct visitor_account){"claire", TYPES__ROLE__FACILITATOR, "31", false}, token);
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-nginx-%d", (int)getpid());
        assert_int_equal(mkdir(directory, 0755), 0);
        tls_port = ports_take();
        plain_port = (uint16_t)(tls_port + 1);
        write_configuration();
        start_nginx();
        return 0;
}

static int stop(void **state)
{
        int status;
        (void)state;
        assert_int_equal(send_signal(nginx, SIGTERM), 0);
        assert_int_equal(waitpid(nginx, &status, 0), nginx);
        assert_int_equal(run("rm -r %s", directory), 0);
        dialogue_end();
        network_stop(&network);
        return 0;
}

/* Status and protocol of a request over TLS: "200 2". */
static const char *asked(const char *options, const char *path)
{
        assert_int_equal(
                run("curl -sk --http2 -o %s/body -w '%%{http_code} %%{http_version}' %s https://127.0.0.1:%u%s",
                    directory, options, tls_port, path),
                0);
        return answer;
}

static void test_http2_over_tls(void **state)
{
        char bearer[128];
        (void)state;
        (void)snprintf(bearer, sizeof(bearer), "-H 'Authorization: Bearer %s'", token);
        assert_string_equal(asked("", "/"), "200 2");
        assert_string_equal(asked(bearer, "/v1/session"), "200 2");
        assert_string_equal(asked("", "/v1/session"), "401 2");
        assert_int_equal(run("curl -s -o /dev/null -w '%%{http_code} %%{redirect_url}' http://127.0.0.1:%u/v1/session",
                             plain_port),
                         0);
        assert_string_equal(answer, "301 https://127.0.0.1/v1/session");
}

/* Nobody who comes through it is of this machine, whatever she writes; who is, is. */
static void test_nobody_is_taken_for_this_machine(void **state)
{
        static const char *const tricks[] = {"", "-H 'X-Forwarded-For: 127.0.0.1'", "-H 'Forwarded: for=127.0.0.1'",
                                             "-H 'Host: localhost'", "-H 'Host: localhost' -H 'X-Forwarded-For;'"};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(tricks); i++) {
                assert_string_equal(asked(tricks[i], "/health"), "401 2");
                assert_string_equal(asked(tricks[i], "/metrics"), "401 2");
        }
}

/* An event is passed on as it comes: the stream ends with the word that says why. */
static void test_a_stream_is_passed_on(void **state)
{
        char command[COMMAND_SIZE], line[256];
        size_t beats = 0;
        (void)state;
        (void)snprintf(command, sizeof(command),
                       "curl -skN --http2 -H 'Authorization: Bearer %s' https://127.0.0.1:%u/v1/stream", token,
                       tls_port);
        FILE *stream = popen(command, "re");
        assert_non_null(stream);
        assert_non_null(fgets(line, sizeof(line), stream));
        assert_string_equal(line, "retry: 2000\n");
        while (beats < 2) {
                assert_non_null(fgets(line, sizeof(line), stream));
                beats += line[0] == ':';
        }
        say_as(network, "OPERATOR", NULL, "*");
        (void)say("accounts.RevokeUser", "{'name': 'claire'}");
        do
                assert_non_null(fgets(line, sizeof(line), stream));
        while (strcmp(line, "event: end\n") != 0);
        assert_non_null(fgets(line, sizeof(line), stream));
        assert_string_equal(line, "data: {\"code\":\"NOT_AUTHENTICATED\"}\n");
        assert_int_equal(pclose(stream), 0);
}

/* --- by the gateway's own door: the test is the proxy ------------------------------------------------------------- */

static int stranger(const char *from, const char *headers)
{
        char request[512];
        int fd = visitor_open_from(network_http_port(network, "gateway-1"), from);
        int size =
                snprintf(request, sizeof(request), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n", headers);
        assert_true(visitor_send(fd, request, (size_t)size));
        scoped(visited_fini) struct visited page = visitor_receive(fd);
        (void)close(fd);
        return page.status;
}

/* Strangers are counted by the address that a proxy of ours tells; anybody else's word is none. */
static void test_strangers_are_counted_where_they_come_from(void **state)
{
        int status = 200, asked_times = 0;
        (void)state;
        while (status == 200 && asked_times++ < 1000)
                status = stranger("127.0.0.1", "X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\n");
        assert_int_equal(status, 429);
        assert_true(asked_times > 20);
        assert_int_equal(stranger("127.0.0.1", "X-Forwarded-For: 203.0.113.8\r\n"), 200);
        /* one that is no proxy of ours writes what it wants: it stays itself */
        assert_int_equal(stranger("127.0.0.9", "X-Forwarded-For: 203.0.113.7\r\n"), 200);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_http2_over_tls),
                cmocka_unit_test(test_nobody_is_taken_for_this_machine),
                cmocka_unit_test(test_a_stream_is_passed_on),
                cmocka_unit_test(test_strangers_are_counted_where_they_come_from),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
