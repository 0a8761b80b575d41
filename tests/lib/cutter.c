#include "tests/lib/cutter.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"

enum { PAIRS = 64, BYTES = 65536, TURN_MS = 5 };

struct pair {
        int client, server; /* client -1: free */
};

struct cutter {
        uint16_t port, to_port;
        int listening;
        pthread_t thread;
        atomic_bool muted, ending;
        atomic_uint cuts_wanted, cuts_made;
        atomic_size_t swallowed;
        struct pair pairs[PAIRS]; /* the thread's */
        char bytes[BYTES];
};

static struct sockaddr_in loopback(uint16_t port)
{
        return (struct sockaddr_in){
                .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
}

static int connect_to(uint16_t port)
{
        static const int yes = 1;
        struct sockaddr_in address = loopback(port);
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        require(fd >= 0);
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
        if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
                return fd;
        (void)close(fd);
        return -1;
}

static void end_pair(struct pair *pair)
{
        if (pair->client < 0)
                return;
        (void)close(pair->client);
        (void)close(pair->server);
        pair->client = -1;
}

static void take_in(struct cutter *cutter)
{
        int client = accept4(cutter->listening, NULL, NULL, SOCK_CLOEXEC);
        int server = client < 0 ? -1 : connect_to(cutter->to_port);
        for (size_t i = 0; server >= 0 && i < PAIRS; i++) {
                if (cutter->pairs[i].client >= 0)
                        continue;
                cutter->pairs[i] = (struct pair){client, server};
                return;
        }
        if (client >= 0)
                (void)close(client); /* nobody is there */
        if (server >= 0)
                (void)close(server);
}

static bool send_all(int fd, const char *bytes, size_t size)
{
        while (size > 0) {
                ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
                if (sent <= 0)
                        return false;
                bytes += sent;
                size -= (size_t)sent;
        }
        return true;
}

/* False: that connection has ended. */
static bool carry(struct cutter *cutter, int from, int to, bool from_server)
{
        ssize_t got = recv(from, cutter->bytes, sizeof(cutter->bytes), 0);
        if (got <= 0)
                return false;
        if (!from_server || !atomic_load(&cutter->muted))
                return send_all(to, cutter->bytes, (size_t)got);
        atomic_fetch_add(&cutter->swallowed, (size_t)got);
        return true;
}

static void turn(struct cutter *cutter)
{
        struct pollfd fds[1 + 2 * PAIRS] = {{.fd = cutter->listening, .events = POLLIN}};
        for (size_t i = 0; i < PAIRS; i++) {
                const struct pair *pair = &cutter->pairs[i];
                fds[1 + 2 * i] = (struct pollfd){.fd = pair->client, .events = POLLIN};
                fds[2 + 2 * i] = (struct pollfd){.fd = pair->client < 0 ? -1 : pair->server, .events = POLLIN};
        }
        if (poll(fds, 1 + 2 * PAIRS, TURN_MS) <= 0)
                return;
        for (size_t i = 0; i < PAIRS; i++) {
                struct pair *pair = &cutter->pairs[i];
                bool good = fds[1 + 2 * i].revents == 0 || carry(cutter, pair->client, pair->server, false);
                good = good && (fds[2 + 2 * i].revents == 0 || carry(cutter, pair->server, pair->client, true));
                if (!good)
                        end_pair(pair);
        }
        if (fds[0].revents != 0)
                take_in(cutter);
}

static void *run(void *argument)
{
        struct cutter *cutter = argument;
        while (!atomic_load(&cutter->ending)) {
                unsigned wanted = atomic_load(&cutter->cuts_wanted);
                if (wanted != atomic_load(&cutter->cuts_made)) {
                        for (size_t i = 0; i < PAIRS; i++)
                                end_pair(&cutter->pairs[i]);
                        atomic_store(&cutter->muted, false);
                        atomic_store(&cutter->cuts_made, wanted);
                }
                turn(cutter);
        }
        return NULL;
}

struct cutter *cutter_start(uint16_t to_port)
{
        struct cutter *cutter = calloc(1, sizeof(*cutter));
        struct sockaddr_in address = loopback(0);
        socklen_t size = sizeof(address);
        require(cutter != NULL);
        cutter->to_port = to_port;
        for (size_t i = 0; i < PAIRS; i++)
                cutter->pairs[i].client = -1;
        cutter->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        require(cutter->listening >= 0 && bind(cutter->listening, (struct sockaddr *)&address, size) == 0 &&
                listen(cutter->listening, PAIRS) == 0 &&
                getsockname(cutter->listening, (struct sockaddr *)&address, &size) == 0);
        cutter->port = ntohs(address.sin_port);
        require(pthread_create(&cutter->thread, NULL, run, cutter) == 0);
        return cutter;
}

void cutter_stop(struct cutter **cutter)
{
        struct cutter *c = *cutter;
        atomic_store(&c->ending, true);
        require(pthread_join(c->thread, NULL) == 0);
        for (size_t i = 0; i < PAIRS; i++)
                end_pair(&c->pairs[i]);
        (void)close(c->listening);
        free(c);
        *cutter = NULL;
}

uint16_t cutter_port(const struct cutter *cutter)
{
        return cutter->port;
}

void cutter_mute(struct cutter *cutter)
{
        atomic_store(&cutter->swallowed, 0);
        atomic_store(&cutter->muted, true);
}

size_t cutter_swallowed(struct cutter *cutter)
{
        return atomic_load(&cutter->swallowed);
}

void cutter_cut(struct cutter *cutter)
{
        unsigned wanted = atomic_fetch_add(&cutter->cuts_wanted, 1) + 1;
        while (atomic_load(&cutter->cuts_made) != wanted)
                (void)poll(NULL, 0, 1);
}
