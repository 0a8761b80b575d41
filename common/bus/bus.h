/* bus.h: ZeroMQ sockets inside a libuv loop. The only room that includes <zmq.h>.
 *
 * ZeroMQ's descriptor is edge-triggered, so its poll callback alone loses wake-ups. Here, before the loop sleeps
 * (prepare) every socket is asked whether it has input; if one has, an idle handle keeps the loop from sleeping, and
 * after the poll (check) the input is delivered, LIMIT_FRAMES_PER_WAKEUP frames a socket at most.
 *
 * CURVE on every tcp:// endpoint: a server socket admits only the public keys of its allow-list (ZAP). */
#ifndef COMMON_BUS_BUS_H
#define COMMON_BUS_BUS_H

#include <uv.h>

#include "common/base/err.h"
#include "common/base/slice.h"

struct bus;
struct bus_socket;

struct bus_keys {
        const char *public_key; /* Z85, borrowed */
        const char *secret_key;
};

enum bus_kind { BUS_ROUTER, BUS_PUBLISHER, BUS_DEALER, BUS_SUBSCRIBER };

/* One message. `peer` is the routing id of a ROUTER's message, empty on the others. Both die with the callback. */
typedef void (*bus_receive_f)(void *argument, struct slice peer, struct slice frame);

/* The socket takes frames: for the first time, its peer being there, or again after it refused one. */
typedef void (*bus_writable_f)(void *argument);

struct bus_socket_spec {
        enum bus_kind kind;
        const char *endpoint;
        const char *server_key;  /* Z85; the connecting kinds: whom to expect */
        bus_receive_f receive;   /* NULL for a publisher */
        bus_writable_f writable; /* NULL: not told */
        void *argument;
};

/* `allowed` (borrowed): the public keys that may connect to this process's server sockets. */
struct bus *bus_new(uv_loop_t *loop, const struct bus_keys *keys, const char *const *allowed, size_t allowed_count,
                    struct err_info *info) ATTR_MUST_CHECK;
/* Closes the sockets too, giving unsent frames 200 ms; then run the loop until it is empty. */
void bus_free(struct bus *bus);
uv_loop_t *bus_loop(struct bus *bus);

struct bus_socket *bus_open(struct bus *bus, const struct bus_socket_spec *spec, struct err_info *info) ATTR_MUST_CHECK;
void bus_close(struct bus_socket *socket);

/* Never waits: 0, or ERR_TRANSPORT where the peer is gone or its queue is full. Frames are copied. */
int bus_send(struct bus_socket *socket, struct slice peer, struct slice frame);
/* Connections that the allow-list turned away since the start. */
uint64_t bus_turned_away(const struct bus *bus);

#endif
