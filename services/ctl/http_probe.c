#include "services/ctl/http_probe.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "common/base/attr.h"
#include "common/base/text.h"
#include "common/base/world.h"

enum { LINE_SIZE = 16 }; /* "HTTP/1.1 200 OK" */

static void close_fd(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static socklen_t parse(const char *text, struct sockaddr_storage *ret)
{
        char host[64];
        uint64_t port;
        const char *colon = strrchr(text, ':');
        size_t length = colon == NULL ? 0 : (size_t)(colon - text);
        if (length == 0 || length >= sizeof(host) || text_to_u64(colon + 1, 65535, &port) != 0)
                return 0;
        bool bracketed = text[0] == '[' && length > 2;
        (void)snprintf(host, sizeof(host), "%.*s", (int)length - (bracketed ? 2 : 0), text + (bracketed ? 1 : 0));
        if (bracketed)
                return uv_ip6_addr(host, (int)port, (struct sockaddr_in6 *)(void *)ret) == 0
                               ? sizeof(struct sockaddr_in6)
                               : 0;
        return uv_ip4_addr(host, (int)port, (struct sockaddr_in *)(void *)ret) == 0 ? sizeof(struct sockaddr_in) : 0;
}

/* Waits for `events`, no longer than until end_us. */
static bool ready(int fd, short events, uint64_t end_us)
{
        struct world world = world_real();
        uint64_t now_us = world.monotonic_us(&world);
        struct pollfd waiting = {.fd = fd, .events = events};
        return now_us < end_us && poll(&waiting, 1, (int)((end_us - now_us) / 1000) + 1) == 1;
}

bool http_answers(const char *address, uint32_t timeout_ms)
{
        static const char request[] = "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        struct sockaddr_storage to = {0};
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + timeout_ms * UINT64_C(1000);
        char line[LINE_SIZE + 1] = "";
        size_t got = 0;

        socklen_t size = parse(address, &to);
        if (size == 0)
                return false;
        scoped(close_fd) int fd = socket(to.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return false;
        (void)connect(fd, (struct sockaddr *)&to, size); /* what became of it, the send tells */
        if (!ready(fd, POLLOUT, end_us) || send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) < 0)
                return false;
        while (got < LINE_SIZE && ready(fd, POLLIN, end_us)) {
                ssize_t more = recv(fd, line + got, LINE_SIZE - got, 0);
                if (more <= 0)
                        break;
                got += (size_t)more;
        }
        return strncmp(line, "HTTP/1.", 7) == 0 && line[8] == ' ' && line[9] >= '1' && line[9] <= '4';
}
