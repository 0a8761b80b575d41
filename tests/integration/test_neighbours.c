/* Bad neighbours: a follower that is stopped, and strangers who begin a handshake with a daemon and go no further.
 * GUICHET_STOPPED_S=60 stops the follower for a minute instead of some seconds. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/limits.h"
#include "tests/lib/dialogue.h"
#include "tests/lib/send_signal.h"

enum {
        WAIT_MS = 120000, /* the last resort of a wait: what is asked is that it comes */
        LOOK_EVERY_MS = 20,
        STOPPED_S = 8, /* longer than a source may be silent (5 s) */
        RECORDS = 24,  /* of an import: each of some 1.2 KB */
        TEXT_SIZE = RECORDS * 1600,
        IMPORTS = 1200, /* together more than the buffers of a line hold, so that the high-water mark is met */
        FLOOD = 2 * LIMIT_DESCRIPTORS,
        FLOOD_TURNS = 8,
        BACK_TO = 64, /* more descriptors than before, once strangers were sent away: neighbours that came back */
        KEPT_KIB_MAX = 16 * 1024,  /* for a follower that does not read: 256 batches, of which these are 28 KB each */
        GROWN_KIB_MAX = 64 * 1024, /* for 2,048 strangers: some 8 KB each were measured */
};

static struct network *network;
static char *text; /* of an import */

/* ---- a daemon as the machine sees it */

static unsigned long long status_of(const char *name, const char *line)
{
        char path[64], row[256];
        unsigned long long value = 0;
        (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)network_pid(network, name));
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        while (fgets(row, sizeof(row), file) != NULL)
                if (strncmp(row, line, strlen(line)) == 0)
                        value = strtoull(row + strlen(line), NULL, 10);
        assert_int_equal(fclose(file), 0);
        assert_true(value > 0);
        return value;
}

static void assert_memory(unsigned long long kib, unsigned long long kib_max)
{
#ifndef GUICHET_SANITIZED /* it keeps what was freed */
        assert_true(kib < kib_max);
#else
        (void)kib, (void)kib_max;
#endif
}

static uint64_t now_ms(void)
{
        struct world world = world_real();
        return world.monotonic_us(&world) / 1000;
}

static void wait_until_live(const char *name)
{
        for (int waited_ms = 0;; waited_ms += LOOK_EVERY_MS) {
                struct network_following at = network_following(network, name, "contracts-1");
                if (at.live && at.taken == network_position(network, "contracts-1"))
                        return;
                if (waited_ms >= WAIT_MS)
                        fail_msg("%s: %llu taken in, live %d", name, (unsigned long long)at.taken, at.live);
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
}

/* ---- a follower that is stopped */

static void import(int number)
{
        static char object[1001];
        memset(object, 'x', sizeof(object) - 1);
        size_t at = 0;
        for (int i = 0; i < RECORDS; i++)
                at += (size_t)snprintf(text + at, TEXT_SIZE - at,
                                       "%s{'kind': 'MARKET', 'format': 'DECP_2022', 'number': 'B%d-%d',"
                                       " 'buyerSiret': '13002526500013', 'object': '%s', 'place': {'kind': 'COMMUNE',"
                                       " 'code': '31555'}, 'amount': '1000.00', 'notifiedOn': '2026-03-02'}",
                                       i > 0 ? "," : "", number, i, object);
        (void)say("contracts.ImportContracts", "{'records': [%s]}", text);
}

/* It loses nothing, and harms nobody: its source's memory is bounded, and who else follows is live all along. */
static void a_follower_that_is_stopped(void **state)
{
        (void)state;
        const char *asked = getenv("GUICHET_STOPPED_S");
        uint64_t stopped_ms = 1000u * (asked != NULL ? strtoull(asked, NULL, 10) : STOPPED_S);
        pid_t stopped = network_pid(network, "reporting-1");
        say_as(network, "OPERATOR", NULL, "*");
        import(0);
        wait_until_live("reporting-1");
        wait_until_live("notifications-1");
        uint64_t before = network_position(network, "contracts-1");
        unsigned long long resident_kib = status_of("contracts-1", "RssAnon:");

        assert_int_equal(send_signal(stopped, SIGSTOP), 0);
        uint64_t end_ms = now_ms() + stopped_ms;
        for (int i = 1; i <= IMPORTS || now_ms() < end_ms; i++) {
                if (i <= IMPORTS)
                        import(i);
                else
                        (void)poll(NULL, 0, LOOK_EVERY_MS);
                if (i % 100 == 0)
                        wait_until_live("notifications-1");
        }
        uint64_t told = network_position(network, "contracts-1") - before;
        unsigned long long grown_kib = status_of("contracts-1", "RssAnon:") - resident_kib;
        uint64_t begin_ms = now_ms();
        assert_int_equal(send_signal(stopped, SIGCONT), 0);
        wait_until_live("reporting-1");
        (void)printf("# %llu events told to a follower that was stopped; its source %llu KiB larger; live again after"
                     " %llu ms\n",
                     (unsigned long long)told, grown_kib, (unsigned long long)(now_ms() - begin_ms));
        assert_true(told >= (uint64_t)IMPORTS * RECORDS);
        assert_memory(grown_kib, KEPT_KIB_MAX);
}

/* ---- strangers who go no further */

static int knock(uint16_t port, bool greets)
{
        /* what ZMTP 3.0 begins with: signature, version, mechanism, no server, filler */
        static const uint8_t greeting[64] = {0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0, 'C', 'U', 'R', 'V', 'E'};
        struct sockaddr_in address = {
                .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd < 0)
                return -1;
        (void)connect(fd, (struct sockaddr *)&address, sizeof(address));
        struct pollfd ready = {.fd = fd, .events = POLLOUT};
        if (greets && poll(&ready, 1, 0) == 1)
                (void)send(fd, greeting, sizeof(greeting), MSG_NOSIGNAL);
        return fd;
}

/* Whether the other side closed it. */
static bool is_closed(int fd)
{
        char bytes[256];
        ssize_t got;
        do
                got = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);
        while (got > 0);
        return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

/* What the daemon holds. A stranger's own view says less: whom the kernel let in while its queue was full, and forgot
 * since, is told nothing. */
static size_t descriptors_of(const char *name)
{
        char path[64];
        size_t count = 0;
        (void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)network_pid(network, name));
        DIR *directory = opendir(path);
        assert_non_null(directory);
        while (readdir(directory) != NULL)
                count++;
        assert_int_equal(closedir(directory), 0);
        return count;
}

/* Asks a daemon over a line that is there. How long it took. */
static uint64_t ask_ms(void)
{
        uint64_t begin_ms = now_ms();
        (void)network_position(network, "contracts-1");
        return now_ms() - begin_ms;
}

static void handshakes_that_are_never_finished(void **state)
{
        (void)state;
        static int fds[FLOOD];
        struct rlimit limit, many;
        assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
        many = (struct rlimit){limit.rlim_max, limit.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &many), 0);
        const uint16_t ports[] = {network_port(network, "contracts-1", NETWORK_ENDPOINT),
                                  network_port(network, "contracts-1", NETWORK_EVENTS)};
        unsigned long long resident_kib = status_of("contracts-1", "RssAnon:"), most_kib = 0, most_fds = 0;
        uint64_t slowest_ms = 0;
        size_t before = descriptors_of("contracts-1");
        pid_t pid = network_pid(network, "contracts-1");
        for (int i = 0; i < FLOOD; i++)
                fds[i] = -1;
        for (int turn = 0; turn < FLOOD_TURNS; turn++) {
                for (int i = 0; i < FLOOD; i++) {
                        if (fds[i] >= 0 && !is_closed(fds[i]))
                                continue;
                        if (fds[i] >= 0)
                                (void)close(fds[i]);
                        fds[i] = knock(ports[i % 2], i % 4 < 2);
                }
                uint64_t took_ms = ask_ms();
                slowest_ms = took_ms > slowest_ms ? took_ms : slowest_ms;
                unsigned long long kib = status_of("contracts-1", "RssAnon:");
                unsigned long long size = status_of("contracts-1", "FDSize:");
                most_kib = kib > most_kib ? kib : most_kib;
                most_fds = size > most_fds ? size : most_fds;
                (void)poll(NULL, 0, 1000);
        }
        /* a neighbour that comes back now has no room, and what it follows goes on where it left */
        network_kill(network, "notifications-1", SIGKILL);
        uint64_t end_ms = now_ms() + WAIT_MS;
        size_t kept = descriptors_of("contracts-1");
        while (kept > before + BACK_TO && now_ms() < end_ms) {
                (void)poll(NULL, 0, LOOK_EVERY_MS);
                kept = descriptors_of("contracts-1");
        }
        for (int i = 0; i < FLOOD; i++)
                if (fds[i] >= 0)
                        (void)close(fds[i]);
        network_restart(network, "notifications-1");
        wait_until_live("notifications-1");
        wait_until_live("reporting-1");
        (void)printf("# %d strangers: slowest answer %llu ms, %llu KiB more, %llu descriptors at most; %zu when their"
                     " time was over, of %zu before\n",
                     FLOOD, (unsigned long long)slowest_ms, most_kib - resident_kib, most_fds, kept, before);
        assert_int_equal(network_pid(network, "contracts-1"), pid);
        assert_true(most_fds <= LIMIT_DESCRIPTORS);
        assert_memory(most_kib - resident_kib, GROWN_KIB_MAX);
        assert_true(kept <= before + BACK_TO); /* strangers are sent away, and who waited in the kernel's queue too */
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts-1", "contracts", ""},
                                                    {"notifications-1", "notifications", ""},
                                                    {"reporting-1", "reporting", ""}};
        (void)state;
        text = malloc(TEXT_SIZE);
        assert_non_null(text);
        network = network_start(parts, ARRAY_SIZE(parts));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        free(text);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_follower_that_is_stopped),
                cmocka_unit_test(handshakes_that_are_never_finished),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
