/* http_peer.h: a provider of a few lines on a port of this machine, in a thread: what it answers to which path, and how
 * often it was asked. A path whose answer is NULL is never answered. */
#ifndef TESTS_UNIT_SERVICES_GATEWAY_OIDC_HTTP_PEER_H
#define TESTS_UNIT_SERVICES_GATEWAY_OIDC_HTTP_PEER_H

#include <arpa/inet.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PEER_PATHS = 8, PEER_REQUEST = 8192 };

struct peer_path {
        const char *path;
        const char *status;  /* "200 OK"; NULL: no answer, and the line stays */
        const char *headers; /* each with its CRLF */
        const char *body;
        size_t body_size; /* 0: of `body` as a text */
        unsigned asked;
        char request[PEER_REQUEST]; /* the last one */
};

struct peer {
        pthread_t thread;
        pthread_mutex_t mutex;
        int fd;
        unsigned port;
        struct peer_path paths[PEER_PATHS];
        int held[64];
        size_t held_count;
};

static inline struct peer_path *peer_path(struct peer *peer, const char *path)
{
        for (size_t i = 0; i < PEER_PATHS; i++)
                if (peer->paths[i].path != NULL && strcmp(peer->paths[i].path, path) == 0)
                        return &peer->paths[i];
        return NULL;
}

static inline void peer_say(struct peer *peer, const char *path, const char *status, const char *headers,
                            const char *body)
{
        (void)pthread_mutex_lock(&peer->mutex);
        struct peer_path *place = peer_path(peer, path);
        for (size_t i = 0; place == NULL; i++)
                place = peer->paths[i].path == NULL ? &peer->paths[i] : NULL;
        place->path = path;
        place->status = status;
        place->headers = headers;
        place->body = body;
        place->body_size = 0;
        (void)pthread_mutex_unlock(&peer->mutex);
}

static inline unsigned peer_asked(struct peer *peer, const char *path)
{
        (void)pthread_mutex_lock(&peer->mutex);
        struct peer_path *place = peer_path(peer, path);
        unsigned asked = place == NULL ? 0 : place->asked;
        (void)pthread_mutex_unlock(&peer->mutex);
        return asked;
}

static inline bool peer_is_whole(const char *request, size_t size)
{
        const char *end = strstr(request, "\r\n\r\n"), *length = strstr(request, "Content-Length: ");
        if (end == NULL)
                return false;
        size_t body = length == NULL ? 0 : strtoul(length + 16, NULL, 10);
        return size >= (size_t)(end + 4 - request) + body;
}

static inline void peer_send(int fd, const char *bytes, size_t size)
{
        while (size > 0) {
                ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
                if (sent <= 0)
                        return;
                bytes += sent;
                size -= (size_t)sent;
        }
}

static inline void peer_answer(struct peer *peer, int fd)
{
        static char request[PEER_REQUEST];
        char path[256], head[1024];
        size_t size = 0;
        for (ssize_t more = 1; more > 0 && !peer_is_whole(request, size); size += (size_t)more) {
                more = recv(fd, request + size, sizeof(request) - 1 - size, 0);
                request[size + (more > 0 ? (size_t)more : 0)] = '\0';
                if (more <= 0)
                        break;
        }
        (void)pthread_mutex_lock(&peer->mutex);
        struct peer_path *place = sscanf(request, "%*s %255s", path) == 1 ? peer_path(peer, path) : NULL;
        if (place == NULL) {
                peer_send(fd, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", 38);
        } else {
                place->asked++;
                memcpy(place->request, request, sizeof(request));
        }
        if (place != NULL && place->status != NULL) {
                size_t body = place->body_size > 0 ? place->body_size : strlen(place->body);
                int length = snprintf(head, sizeof(head), "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n", place->status,
                                      place->headers, body);
                peer_send(fd, head, (size_t)length);
                peer_send(fd, place->body, body);
        }
        bool holds = place != NULL && place->status == NULL && peer->held_count < 64;
        if (holds)
                peer->held[peer->held_count++] = fd;
        (void)pthread_mutex_unlock(&peer->mutex);
        if (!holds)
                (void)close(fd);
}

static inline void *peer_run(void *argument)
{
        struct peer *peer = argument;
        for (int fd; (fd = accept(peer->fd, NULL, NULL)) >= 0;)
                peer_answer(peer, fd);
        return NULL;
}

static inline void peer_open(struct peer *peer)
{
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t size = sizeof(address);
        memset(peer, 0, sizeof(*peer));
        peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        assert_true(peer->fd >= 0);
        assert_int_equal(bind(peer->fd, (struct sockaddr *)&address, sizeof(address)), 0);
        assert_int_equal(listen(peer->fd, 64), 0);
        assert_int_equal(getsockname(peer->fd, (struct sockaddr *)&address, &size), 0);
        peer->port = ntohs(address.sin_port);
        (void)pthread_mutex_init(&peer->mutex, NULL);
        assert_int_equal(pthread_create(&peer->thread, NULL, peer_run, peer), 0);
}

static inline void peer_close(struct peer *peer)
{
        (void)shutdown(peer->fd, SHUT_RDWR);
        (void)pthread_join(peer->thread, NULL);
        (void)close(peer->fd);
        for (size_t i = 0; i < peer->held_count; i++)
                (void)close(peer->held[i]);
        (void)pthread_mutex_destroy(&peer->mutex);
}

#endif
