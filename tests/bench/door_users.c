#include "door_users.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "common/service/topology.h"
#include "tests/lib/net.h"

enum { USERS = 8, NEW_CONNECTION_EVERY = 10, PATIENCE_MS = 5000, HEAD_MAX = 4096, PATH_SIZE = 4400 };

struct user {
        struct door_users *all;
        pthread_t thread;
        size_t number;
        struct samples latencies;
        uint64_t asked, lost;
};

int door_connect(uint16_t port, bool waits)
{
        struct sockaddr_in address = {
                .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
        const struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
        const int on = 1;
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (waits ? 0 : SOCK_NONBLOCK), 0);
        if (fd < 0)
                return -1;
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 || !waits)
                return fd;
        (void)close(fd);
        return -1;
}

int door_read_answer(int fd, uint32_t timeout_ms)
{
        char text[HEAD_MAX + 1] = "";
        size_t size = 0, whole = SIZE_MAX;
        uint64_t end_us = harness_now_us() + timeout_ms * UINT64_C(1000), now_us;
        while (size < whole && (now_us = harness_now_us()) < end_us) {
                struct pollfd waiting = {.fd = fd, .events = POLLIN};
                char rest[16384];
                bool in_head = whole == SIZE_MAX;
                if (poll(&waiting, 1, (int)((end_us - now_us) / 1000) + 1) != 1)
                        break;
                ssize_t got = in_head ? recv(fd, text + size, HEAD_MAX - size, 0) : recv(fd, rest, sizeof(rest), 0);
                if (got <= 0)
                        break;
                size += (size_t)got;
                if (!in_head)
                        continue;
                text[size] = '\0';
                const char *end = strstr(text, "\r\n\r\n"), *length = strstr(text, "Content-Length: ");
                if (end != NULL)
                        whole = (size_t)(end + 4 - text) + (length == NULL ? 0 : strtoul(length + 16, NULL, 10));
                else if (size == HEAD_MAX)
                        break;
        }
        return size >= whole ? (int)strtol(text + strlen("HTTP/1.1 "), NULL, 10) : 0;
}

static bool ask(const struct user *user, int *fd)
{
        const char *request = user->all->request;
        if (*fd < 0)
                *fd = door_connect(user->all->port, true);
        if (*fd >= 0 && send(*fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request) &&
            door_read_answer(*fd, PATIENCE_MS) == 200)
                return true;
        if (*fd >= 0)
                (void)close(*fd);
        *fd = -1;
        return false;
}

static void pause_us(uint64_t us)
{
        const struct timespec pause = {(time_t)(us / 1000000), (long)(us % 1000000) * 1000};
        (void)nanosleep(&pause, NULL);
}

static void *live(void *argument)
{
        struct user *user = argument;
        const uint32_t per_s = user->all->per_s == 0 ? DOOR_REQUESTS_PER_S : user->all->per_s;
        const uint64_t every_us = UINT64_C(1000000) * USERS / per_s;
        uint64_t due_us = harness_now_us() + user->number * every_us / USERS;
        int fd = -1;
        for (; !atomic_load(&user->all->stop); due_us += every_us) {
                uint64_t now_us = harness_now_us();
                if (now_us < due_us)
                        pause_us(due_us - now_us);
                if (fd >= 0 && user->asked % NEW_CONNECTION_EVERY == 0) {
                        (void)close(fd);
                        fd = -1;
                }
                user->asked++;
                if (ask(user, &fd))
                        samples_add(&user->latencies, (double)(harness_now_us() - due_us));
                else
                        user->lost++;
        }
        if (fd >= 0)
                (void)close(fd);
        return NULL;
}

void door_users_start(struct door_users *users)
{
        struct user *each = calloc(USERS, sizeof(*each));
        if (each == NULL)
                harness_fail("out of memory");
        users->threads = each;
        users->latencies = (struct samples){0};
        users->asked = users->lost = 0;
        atomic_store(&users->stop, false);
        for (size_t i = 0; i < USERS; i++) {
                each[i] = (struct user){.all = users, .number = i};
                if (pthread_create(&each[i].thread, NULL, live, &each[i]) != 0)
                        harness_fail("cannot start a thread");
        }
}

void door_users_stop(struct door_users *users)
{
        struct user *each = users->threads;
        atomic_store(&users->stop, true);
        for (size_t i = 0; i < USERS; i++) {
                (void)pthread_join(each[i].thread, NULL);
                for (size_t k = 0; k < each[i].latencies.count; k++)
                        samples_add(&users->latencies, each[i].latencies.values[k]);
                samples_free(&each[i].latencies);
                users->asked += each[i].asked;
                users->lost += each[i].lost;
        }
        free(each);
        users->threads = NULL;
}

void door_ctl(const struct harness *context, const char *verb, const char *directory)
{
        char program[PATH_SIZE];
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        net_run((const char *const[]){program, verb, "--dir", directory, NULL});
}

void door_users_prepare(const char *directory, struct door_users *users)
{
        char path[PATH_SIZE + 16];
        struct topology *topology;
        struct err_info info = {0};
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        if (topology_load(path, &topology, &info) != 0)
                harness_fail("%s", info.text);
        const char *http = topology_of_service(topology, "gateway", 0)->http;
        users->port = (uint16_t)strtoul(strrchr(http, ':') + 1, NULL, 10);
        topology_free(topology);
        (void)snprintf(path, sizeof(path), "%s/tokens.json", directory);
        json_t *tokens = json_load_file(path, 0, NULL);
        const char *token = json_string_value(json_object_get(json_object_get(tokens, "FACILITATOR"), "token"));
        if (token == NULL)
                harness_fail("%s holds no token of a facilitator", path);
        (void)snprintf(users->request, sizeof(users->request),
                       "GET /v1/contracts/Needs?page.limit=10 HTTP/1.1\r\nHost: localhost\r\n"
                       "Authorization: Bearer %s\r\n\r\n",
                       token);
        json_decref(tokens);
}

double door_users_take(struct door_users *users, const char *name, json_t *result)
{
        char key[64];
        door_users_stop(users);
        double p99_ms = samples_percentile(&users->latencies, 99) / 1000;
        harness_note("%-8s %llu requests, %llu lost, p50 %.2f ms, p99 %.2f ms", name, (unsigned long long)users->asked,
                     (unsigned long long)users->lost, samples_percentile(&users->latencies, 50) / 1000, p99_ms);
        (void)snprintf(key, sizeof(key), "p99_ms_%s", name);
        bench_put(result, key, p99_ms);
        samples_free(&users->latencies);
        return p99_ms;
}
