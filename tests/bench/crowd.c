/* scripts/bench crowd: 500 requests a second of signed-in users, first alone, then beside 10,000 connections that say
 * nothing and 200 that send their request a byte a second (Slowloris), all of them held for as long as it lasts. The
 * crowd is a process of its own, which gives way: it stands for other machines. */
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "door_users.h"
#include "memory.h"
#include "tests/lib/net.h"
#include "tests/lib/send_signal.h"

enum { IDLE = 10000, SLOW = 200, PER_S = 500, SECONDS_MIN = 10, SEATS = 2600, STREAMS = 100, PATH_SIZE = 4400 };

static const char head[] = "GET /v1/session HTTP/1.1\r\nHost: localhost\r\nX-Lent: ";

static int stay(uint16_t port)
{
        int fd = door_connect(port, true);
        if (fd < 0)
                harness_fail("a connection of the crowd was refused");
        return fd;
}

/* Until it is ended. Tells by a byte that all stand. */
static void crowd(uint16_t port, int told)
{
        int slow[SLOW];
        for (size_t i = 0; i < IDLE; i++)
                (void)stay(port); /* until the process ends */
        for (size_t i = 0; i < SLOW; i++) {
                slow[i] = stay(port);
                (void)send(slow[i], head, sizeof(head) - 1, MSG_NOSIGNAL);
        }
        (void)!write(told, "x", 1);
        for (;;) {
                harness_pause_ms(1000);
                for (size_t i = 0; i < SLOW; i++)
                        if (send(slow[i], "a", 1, MSG_NOSIGNAL) != 1)
                                _exit(1);
        }
}

static pid_t start_crowd(uint16_t port)
{
        char byte;
        int ends[2];
        if (pipe(ends) != 0)
                harness_fail("no pipe");
        pid_t pid = fork();
        if (pid == 0) {
                const struct sched_param none = {0};
                (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
                (void)sched_setscheduler(0, SCHED_IDLE, &none);
                crowd(port, ends[1]);
        }
        (void)close(ends[1]);
        if (pid < 0 || read(ends[0], &byte, 1) != 1)
                harness_fail("the crowd did not come");
        (void)close(ends[0]);
        return pid;
}

/* Room for all of them, and patience: what is measured is that they are held. */
static void set_up(const char *directory)
{
        char path[PATH_SIZE + 16];
        size_t i;
        json_t *instance;
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        json_t *topology = json_load_file(path, 0, NULL);
        json_array_foreach (json_object_get(topology, "instances"), i, instance)
                if (json_object_get(instance, "http") != NULL) {
                        json_t *more = json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "connections_max", SEATS,
                                                 "streams_max", STREAMS, "head_timeout_s", 600, "idle_timeout_s", 600,
                                                 "stranger_age_s", 600, "requests_per_s", 0);
                        (void)json_object_update(json_object_get(instance, "settings"), more);
                        json_decref(more);
                }
        if (topology == NULL || json_dump_file(topology, path, JSON_INDENT(1)) != 0)
                harness_fail("%s", path);
        json_decref(topology);
}

/* What the gateway counts, told to who asks from its own machine. */
static double counted(uint16_t port, const char *name)
{
        static char text[1 << 17];
        static const char request[] = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        size_t size = 0;
        int fd = door_connect(port, true);
        if (fd < 0 || send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) < 0)
                harness_fail("no metrics");
        for (ssize_t got; (got = recv(fd, text + size, sizeof(text) - 1 - size, 0)) > 0;)
                size += (size_t)got;
        (void)close(fd);
        text[size] = '\0';
        const char *at = strstr(text, name), *value = at == NULL ? NULL : strchr(at, ' ');
        return value == NULL ? -1 : strtod(value, NULL);
}

static pid_t gateway_pid(uint16_t port)
{
        static char text[1 << 16];
        static const char request[] = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        size_t size = 0;
        int fd = door_connect(port, true);
        if (fd < 0 || send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) < 0)
                harness_fail("no health");
        for (ssize_t got; (got = recv(fd, text + size, sizeof(text) - 1 - size, 0)) > 0;)
                size += (size_t)got;
        (void)close(fd);
        text[size] = '\0';
        const char *at = strstr(text, "\"gateway-1\"");
        const char *pid = at == NULL ? NULL : strstr(at, "\"pid\":");
        if (pid == NULL)
                harness_fail("no gateway in /health");
        return (pid_t)strtol(pid + strlen("\"pid\":") + (pid[strlen("\"pid\":")] == '"'), NULL, 10);
}

static void measure(const struct harness *context, struct door_users *users, json_t *result)
{
        uint32_t seconds = context->seconds > SECONDS_MIN ? context->seconds : SECONDS_MIN;
        pid_t gateway = gateway_pid(users->port);
        int status;

        users->per_s = PER_S;
        door_users_start(users);
        harness_pause_ms(seconds * 1000);
        double quiet = door_users_take(users, "quiet", result);
        uint64_t lost = users->lost;
        bench_put(result, "rss_mib_quiet", memory_of(gateway).rss_kib / 1024);

        pid_t crowded = start_crowd(users->port);
        double held = -1;
        while (held < IDLE + SLOW) { /* the kernel keeps the silent ones back for a while */
                harness_pause_ms(100);
                held = counted(users->port, "guichet_http_connections_waiting");
        }
        door_users_start(users);
        harness_pause_ms(seconds * 1000);
        double beside = door_users_take(users, "crowd", result);
        lost += users->lost;
        bench_put(result, "held", counted(users->port, "guichet_http_connections_waiting"));
        bench_put(result, "rss_mib_crowd", memory_of(gateway).rss_kib / 1024);
        if (waitpid(crowded, &status, WNOHANG) != 0)
                harness_fail("the crowd did not last");
        (void)send_signal(crowded, SIGKILL);
        (void)waitpid(crowded, &status, 0);
        bench_put(result, "lost", (double)lost);
        bench_put(result, "p99_ratio", beside / quiet);
}

json_t *bench_crowd(const struct harness *context)
{
        char directory[PATH_SIZE], program[PATH_SIZE];
        struct door_users *users = calloc(1, sizeof(*users));
        json_t *result = json_object();
        if (users == NULL)
                harness_fail("out of memory");
        (void)snprintf(directory, sizeof(directory), "%s/crowd", context->directory);
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        net_init(context, directory);
        set_up(directory);
        pid_t up = net_spawn((const char *const[]){program, "up", "--dir", directory, NULL}, true);
        door_ctl(context, "wait", directory);
        door_ctl(context, "demo", directory);
        door_users_prepare(directory, users);
        measure(context, users, result);
        net_end(up);
        free(users);
        return result;
}
