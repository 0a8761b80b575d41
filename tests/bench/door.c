/* scripts/bench door: 200 requests a second of signed-in users, first alone, then beside 20 bursts of 2,000 silent
 * connections that are closed together, then beside 512 connections that are held open with a request every 5 seconds,
 * and opened again at their turn where the gateway has closed them. Everybody comes from one address, so no limit by
 * address helps. A flood comes from other machines, whose processors are not the gateway's: here it gives way to
 * everybody at once (a low priority alone keeps the processor for its slice of 3 ms). */
#include "door_users.h"

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/service/topology.h"
#include "tests/lib/net.h"
#include "tests/lib/send_signal.h"

enum {
        BURSTS = 20,
        BURST_CONNECTIONS = 2000,
        BURST_EVERY_MS = 250,
        BURST_HELD_MS = 50,
        HELD = 512,
        ASK_EVERY_MS = 5000,
        HELD_SECONDS_MIN = 12, /* two requests of each, and some */
        PATH_SIZE = 4400,
};

static const char page[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/* --- the flood, in a process of its own ----------------------------------------------------------------------------
 */

static void burst(uint16_t port)
{
        static int fds[BURST_CONNECTIONS];
        for (size_t i = 0; i < BURST_CONNECTIONS; i++)
                fds[i] = door_connect(port, false);
        harness_pause_ms(BURST_HELD_MS);
        for (size_t i = 0; i < BURST_CONNECTIONS; i++)
                if (fds[i] >= 0)
                        (void)close(fds[i]);
}

static void flood_in_bursts(uint16_t port)
{
        uint64_t due_us = harness_now_us();
        for (int i = 0; i < BURSTS; i++, due_us += BURST_EVERY_MS * UINT64_C(1000)) {
                uint64_t now_us = harness_now_us();
                if (now_us < due_us)
                        harness_pause_ms((uint32_t)((due_us - now_us) / 1000));
                burst(port);
        }
}

static void ask_held(uint16_t port, int *fd)
{
        if (*fd < 0)
                *fd = door_connect(port, true);
        if (*fd >= 0 && send(*fd, page, sizeof(page) - 1, MSG_NOSIGNAL) > 0)
                return;
        if (*fd >= 0)
                (void)close(*fd);
        *fd = -1;
}

/* Takes what comes until then, and sees who was closed. */
static void read_held(struct pollfd *fds, uint64_t until_us)
{
        for (uint64_t now_us; (now_us = harness_now_us()) < until_us;) {
                char bytes[16384];
                int ready = poll(fds, HELD, (int)((until_us - now_us) / 1000) + 1);
                for (size_t i = 0; ready > 0 && i < HELD; i++) {
                        if (fds[i].revents == 0 || recv(fds[i].fd, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
                                continue;
                        (void)close(fds[i].fd);
                        fds[i].fd = -1;
                }
        }
}

/* Until it is ended. Each asks every 5 seconds, one after the other. */
static void flood_by_holding(uint16_t port)
{
        static struct pollfd fds[HELD];
        uint64_t due_us = harness_now_us();
        for (size_t i = 0; i < HELD; i++)
                fds[i] = (struct pollfd){.fd = -1, .events = POLLIN};
        for (size_t next = 0;; next = (next + 1) % HELD) {
                ask_held(port, &fds[next].fd);
                due_us += ASK_EVERY_MS * UINT64_C(1000) / HELD;
                read_held(fds, due_us);
        }
}

static pid_t start_flood(void (*flood)(uint16_t port), uint16_t port)
{
        pid_t pid = fork();
        if (pid < 0)
                harness_fail("cannot start a process");
        if (pid > 0)
                return pid;
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
        const struct sched_param none = {0};
        (void)sched_setscheduler(0, SCHED_IDLE, &none);
        flood(port);
        _exit(0);
}

static void measure(const struct harness *context, struct door_users *users, json_t *result)
{
        int status;
        uint64_t lost = 0;
        uint32_t held_s = context->seconds > HELD_SECONDS_MIN ? context->seconds : HELD_SECONDS_MIN;

        door_users_start(users);
        harness_pause_ms(context->seconds * 1000);
        double quiet = door_users_take(users, "quiet", result);
        lost += users->lost;

        pid_t flood = start_flood(flood_in_bursts, users->port);
        door_users_start(users);
        if (waitpid(flood, &status, 0) < 0 || status != 0)
                harness_fail("the bursts failed");
        double bursts = door_users_take(users, "bursts", result);
        lost += users->lost;

        flood = start_flood(flood_by_holding, users->port);
        door_users_start(users);
        harness_pause_ms(held_s * 1000);
        double held = door_users_take(users, "held", result);
        lost += users->lost;
        (void)send_signal(flood, SIGKILL);
        (void)waitpid(flood, NULL, 0);

        bench_put(result, "lost", (double)lost);
        bench_put(result, "p99_ratio", (bursts > held ? bursts : held) / quiet);
}

json_t *bench_door(const struct harness *context)
{
        char directory[PATH_SIZE], program[PATH_SIZE];
        struct door_users *users = calloc(1, sizeof(*users));
        json_t *result = json_object();
        if (users == NULL)
                harness_fail("out of memory");
        (void)snprintf(directory, sizeof(directory), "%s/door", context->directory);
        (void)snprintf(program, sizeof(program), "%s/guichetctl", context->bin);
        net_init(context, directory);
        pid_t up = net_spawn((const char *const[]){program, "up", "--dir", directory, NULL}, true);
        door_ctl(context, "wait", directory);
        door_ctl(context, "demo", directory);
        door_users_prepare(directory, users);
        measure(context, users, result);
        door_ctl(context, "status", directory); /* it fails where one does not serve */
        net_end(up);
        free(users);
        return result;
}
