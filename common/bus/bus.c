#include "common/bus/bus.h"

#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/bus/socket.h"
#include "common/bus/zap.h"

enum { ROUTING_ID_MAX = 255 };

/* In the order of enum bus_kind, with the messages of a peer that may wait, each way. Requests that nobody reads wait
 * at their asker; answers are never more than were asked; a follower that stopped misses batches (256 KiB each at most)
 * and asks for history later, when it finds the hole. */
static const struct kind {
        int type;
        int send_max, receive_max;
} kinds[] = {
        {ZMQ_ROUTER, 16384, 1024},
        {ZMQ_PUB, 256, 16},
        {ZMQ_DEALER, 512, 16384},
        {ZMQ_SUB, 16, 256},
};

struct bus_socket {
        struct bus *bus;
        struct bus_socket *next;
        void *zmq;
        uv_poll_t wake; /* only wakes the loop; on_check() reads */
        enum bus_kind kind;
        bus_receive_f receive;
        bus_writable_f writable;
        void *argument;
        bool refused; /* it took no frame, and `writable` is to be told when it does */
        bool stale;   /* its descriptor woke us, or we used it since: only ZeroMQ knows whether there is input */
        bool closing;
};

struct bus {
        uv_loop_t *loop;
        void *context;
        struct bus_keys keys;
        struct zap zap;
        struct bus_socket *sockets;
        uv_prepare_t prepare;
        uv_check_t check;
        uv_idle_t idle;
        uv_poll_t zap_wake;
        bool zap_stale;
};

/* --- in the loop ---------------------------------------------------------------------------------------------------
 */

static bool receive_one(struct bus_socket *socket)
{
        uint8_t peer[ROUTING_ID_MAX];
        int peer_size = 0;
        zmq_msg_t frame;

        if (socket->kind == BUS_ROUTER) {
                peer_size = zmq_recv(socket->zmq, peer, sizeof(peer), ZMQ_DONTWAIT);
                if (peer_size < 0)
                        return false;
                if (!socket_more(socket->zmq))
                        return true; /* a routing id and nothing else: not a message of ours */
        }
        (void)zmq_msg_init(&frame);
        bool received = zmq_msg_recv(&frame, socket->zmq, ZMQ_DONTWAIT) >= 0;
        if (received) {
                socket_skip(socket->zmq);
                socket->receive(socket->argument, slice_of(peer, (size_t)peer_size),
                                slice_of(zmq_msg_data(&frame), zmq_msg_size(&frame)));
        }
        (void)zmq_msg_close(&frame);
        return received;
}

static void on_idle(uv_idle_t *handle)
{
        (void)handle; /* its being started keeps the loop from sleeping */
}

/* Something for on_check(): input, or room after a refusal. Asking ZeroMQ costs two system calls, so only stale sockets
 * are asked. A publisher is asked too, though it has no input: being asked empties its mailbox of new subscribers, and
 * until then its descriptor stays ready and the loop would spin. */
static bool has_news(struct bus_socket *socket)
{
        if (!socket->stale || socket->closing)
                return false;
        int events = socket_events(socket->zmq);
        socket->stale = (socket->receive != NULL && (events & ZMQ_POLLIN) != 0) ||
                        (socket->refused && (events & ZMQ_POLLOUT) != 0);
        return socket->stale;
}

static bool may_receive(const struct bus_socket *socket)
{
        return socket->stale && socket->receive != NULL && !socket->closing;
}

static void tell_writable(struct bus_socket *socket)
{
        if (!socket->refused || !socket->stale || socket->closing || (socket_events(socket->zmq) & ZMQ_POLLOUT) == 0)
                return;
        socket->refused = false;
        socket->writable(socket->argument);
}

static void on_prepare(uv_prepare_t *handle)
{
        struct bus *bus = handle->data;
        bool news = bus->zap_stale = bus->zap_stale && (socket_events(bus->zap.zmq) & ZMQ_POLLIN) != 0;
        for (struct bus_socket *socket = bus->sockets; socket != NULL && !news; socket = socket->next)
                news = has_news(socket);
        if (news)
                (void)uv_idle_start(&bus->idle, on_idle);
        else
                (void)uv_idle_stop(&bus->idle);
}

static void on_check(uv_check_t *handle)
{
        struct bus *bus = handle->data;
        while (bus->zap_stale && zap_answer(&bus->zap))
                ;
        for (struct bus_socket *socket = bus->sockets; socket != NULL; socket = socket->next) {
                for (int i = 0; i < LIMIT_FRAMES_PER_WAKEUP && may_receive(socket); i++)
                        if (!receive_one(socket))
                                break;
                tell_writable(socket);
        }
}

static void on_wake(uv_poll_t *handle, int status, int events)
{
        (void)status;
        (void)events;
        *(bool *)handle->data = true;
}

/* `ret_stale` is set whenever the descriptor is ready; true at first, for what came before. */
static void wake_on(uv_loop_t *loop, uv_poll_t *handle, void *zmq, bool *ret_stale)
{
        int descriptor = -1;
        size_t size = sizeof(descriptor);
        require(zmq_getsockopt(zmq, ZMQ_FD, &descriptor, &size) == 0);
        require(uv_poll_init(loop, handle, descriptor) == 0);
        handle->data = ret_stale;
        *ret_stale = true;
        require(uv_poll_start(handle, UV_READABLE, on_wake) == 0);
}

/* --- opening and closing -------------------------------------------------------------------------------------------
 */

struct bus *bus_new(uv_loop_t *loop, const struct bus_keys *keys, const char *const *allowed, size_t allowed_count,
                    struct err_info *info)
{
        struct bus *bus = calloc(1, sizeof(*bus));
        require(bus != NULL);
        bus->loop = loop;
        bus->keys = *keys;
        bus->zap = (struct zap){.allowed = allowed, .allowed_count = allowed_count};
        bus->context = zmq_ctx_new();
        if (bus->context == NULL || zap_open(&bus->zap, bus->context) != 0) {
                (void)socket_failed(info, "bus:", "allow-list");
                zap_close(&bus->zap);
                if (bus->context != NULL)
                        (void)zmq_ctx_term(bus->context);
                free(bus);
                return NULL;
        }
        require(uv_prepare_init(loop, &bus->prepare) == 0 && uv_check_init(loop, &bus->check) == 0 &&
                uv_idle_init(loop, &bus->idle) == 0);
        bus->prepare.data = bus->check.data = bus;
        require(uv_prepare_start(&bus->prepare, on_prepare) == 0 && uv_check_start(&bus->check, on_check) == 0);
        wake_on(loop, &bus->zap_wake, bus->zap.zmq, &bus->zap_stale);
        return bus;
}

struct bus_socket *bus_open(struct bus *bus, const struct bus_socket_spec *spec, struct err_info *info)
{
        const struct kind *kind = &kinds[spec->kind];
        bool server = spec->kind == BUS_ROUTER || spec->kind == BUS_PUBLISHER;
        void *zmq = zmq_socket(bus->context, kind->type);
        if (zmq == NULL) /* no descriptor is left: strangers may have them all for a moment */
                return (void)socket_failed(info, "no socket for", spec->endpoint), NULL;

        socket_options(zmq, kind->send_max, kind->receive_max);
        int failed = server ? socket_curve_server(zmq, bus->keys.secret_key)
                            : socket_curve_client(zmq, bus->keys.public_key, bus->keys.secret_key, spec->server_key);
        if (failed == 0 && spec->kind == BUS_SUBSCRIBER)
                failed = zmq_setsockopt(zmq, ZMQ_SUBSCRIBE, "", 0);
        if (failed == 0)
                failed = server ? zmq_bind(zmq, spec->endpoint) : zmq_connect(zmq, spec->endpoint);
        if (failed != 0) {
                (void)socket_failed(info, server ? "cannot listen on" : "cannot connect to", spec->endpoint);
                (void)zmq_close(zmq);
                return NULL;
        }

        struct bus_socket *socket = calloc(1, sizeof(*socket));
        require(socket != NULL);
        *socket = (struct bus_socket){.bus = bus,
                                      .next = bus->sockets,
                                      .zmq = zmq,
                                      .kind = spec->kind,
                                      .receive = spec->receive,
                                      .writable = spec->writable,
                                      .refused = spec->writable != NULL,
                                      .argument = spec->argument};
        bus->sockets = socket;
        wake_on(bus->loop, &socket->wake, zmq, &socket->stale);
        return socket;
}

static void on_closed_free(uv_handle_t *handle)
{
        free(handle->data);
}

/* uv_close() forgets the descriptor at once, so the socket may close it; its memory stays until the loop is done. */
void bus_close(struct bus_socket *socket)
{
        if (socket == NULL || socket->closing)
                return;
        socket->closing = true;
        for (struct bus_socket **at = &socket->bus->sockets; *at != NULL; at = &(*at)->next) {
                if (*at != socket)
                        continue;
                *at = socket->next;
                break;
        }
        socket->wake.data = socket;
        uv_close((uv_handle_t *)&socket->wake, on_closed_free);
        (void)zmq_close(socket->zmq);
}

/* libuv calls the last closed handle back first: `idle`, closed first, frees them all. */
void bus_free(struct bus *bus)
{
        if (bus == NULL)
                return;
        while (bus->sockets != NULL)
                bus_close(bus->sockets);
        bus->idle.data = bus;
        uv_close((uv_handle_t *)&bus->idle, on_closed_free);
        uv_close((uv_handle_t *)&bus->prepare, NULL);
        uv_close((uv_handle_t *)&bus->check, NULL);
        uv_close((uv_handle_t *)&bus->zap_wake, NULL);
        zap_close(&bus->zap);
        (void)zmq_ctx_term(bus->context); /* unsent frames have their linger to leave */
}

uv_loop_t *bus_loop(struct bus *bus)
{
        return bus->loop;
}

int bus_send(struct bus_socket *socket, struct slice peer, struct slice frame)
{
        socket->stale = true; /* sending may take the signal of what came in */
        if (socket->kind == BUS_ROUTER && zmq_send(socket->zmq, peer.data, peer.size, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0)
                return ERR_TRANSPORT;
        if (zmq_send(socket->zmq, frame.data, frame.size, ZMQ_DONTWAIT) >= 0)
                return 0;
        socket->refused = socket->writable != NULL;
        return ERR_TRANSPORT;
}

uint64_t bus_turned_away(const struct bus *bus)
{
        return bus->zap.turned_away;
}
