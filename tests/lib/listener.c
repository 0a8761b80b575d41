#include "tests/lib/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"
#include "tests/lib/visitor.h"

void heard_fini(struct heard *heard)
{
        json_decref(heard->data);
}

static int reach(const struct listener_wish *wish)
{
        struct sockaddr_in address = {
                .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(wish->port)};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        require(fd >= 0);
        if (wish->receive_buffer > 0) /* before the connection is made, or its window is another */
                require(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &wish->receive_buffer, sizeof(int)) == 0);
        require(connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0);
        return fd;
}

/* False: the connection has ended. */
static bool read_more(struct listener *listener)
{
        struct pollfd wait = {.fd = listener->fd, .events = POLLIN};
        if (listener->size + 4096 > listener->room) {
                listener->room = listener->room * 2 + 8192;
                listener->bytes = realloc(listener->bytes, listener->room);
                require(listener->bytes != NULL);
        }
        require(poll(&wait, 1, VISITOR_WAIT_MS) == 1);
        ssize_t got = recv(listener->fd, listener->bytes + listener->size, listener->room - listener->size - 1, 0);
        if (got <= 0)
                return false;
        listener->size += (size_t)got;
        listener->bytes[listener->size] = '\0';
        return true;
}

static void drop(struct listener *listener, size_t size)
{
        listener->size -= size;
        memmove(listener->bytes, listener->bytes + size, listener->size + 1);
}

int listener_open(const struct listener_wish *wish, struct listener *ret)
{
        char request[1024];
        const char *end = NULL;
        *ret = (struct listener){.fd = reach(wish)};
        int size =
                snprintf(request, sizeof(request), "GET /v1/stream%s%s HTTP/1.1\r\nHost: localhost\r\n%s%s%s%s%s%s\r\n",
                         wish->query == NULL ? "" : "?", wish->query == NULL ? "" : wish->query,
                         wish->token == NULL ? "" : "Authorization: Bearer ", wish->token == NULL ? "" : wish->token,
                         wish->token == NULL ? "" : "\r\n",
                         wish->last_id == NULL ? "" : "Last-Event-ID: ", wish->last_id == NULL ? "" : wish->last_id,
                         wish->last_id == NULL ? "" : "\r\n");
        require((size_t)size < sizeof(request) && send(ret->fd, request, (size_t)size, MSG_NOSIGNAL) == size);
        while (ret->size == 0 || (end = strstr(ret->bytes, "\r\n\r\n")) == NULL)
                if (!read_more(ret))
                        break;
        int status = 0;
        if (ret->size > 9)
                (void)sscanf(ret->bytes, "HTTP/1.1 %3d", &status);
        if (status == 200)
                drop(ret, (size_t)(end + 4 - ret->bytes));
        else
                listener_close(ret);
        return status;
}

void listener_close(struct listener *listener)
{
        if (listener->fd >= 0)
                (void)close(listener->fd);
        listener->fd = -1;
        free(listener->bytes);
        listener->bytes = NULL;
}

/* The lines of one event, without the empty one at its end. */
static struct heard read_event(struct listener *listener, char *text)
{
        struct heard heard = {0};
        for (char *rest = text, *line; (line = strsep(&rest, "\n")) != NULL;) {
                if (strncmp(line, "id: ", 4) == 0)
                        (void)snprintf(listener->id, sizeof(listener->id), "%s", line + 4);
                else if (strncmp(line, "event: ", 7) == 0)
                        (void)snprintf(heard.name, sizeof(heard.name), "%s", line + 7);
                else if (strncmp(line, "data: ", 6) == 0)
                        require((heard.data = json_loads(line + 6, 0, NULL)) != NULL);
                else
                        require(line[0] == ':' || line[0] == '\0' || strncmp(line, "retry: ", 7) == 0);
        }
        return heard;
}

struct heard listener_next(struct listener *listener)
{
        for (;;) {
                char *end = listener->size == 0 ? NULL : strstr(listener->bytes, "\n\n");
                if (end == NULL) {
                        if (read_more(listener))
                                continue;
                        listener->has_ended = true;
                        return (struct heard){0};
                }
                *end = '\0';
                struct heard heard = read_event(listener, listener->bytes);
                drop(listener, (size_t)(end + 2 - listener->bytes));
                if (heard.data != NULL)
                        return heard;
                listener->heartbeats++;
        }
}
