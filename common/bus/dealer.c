#include "common/bus/dealer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/base/world.h"

enum { KEY_TEXT_SIZE = 41, CONNECTIONS_MAX = 256, SILENT_US = 2000000 };

struct connection {
        void *socket;
        char *endpoint;
        char server_key[KEY_TEXT_SIZE];
        uint64_t waiting_us; /* when the first frame left that nothing came after; 0: something did */
};

struct dealers {
        struct world world;
        void *context;
        struct connection connections[CONNECTIONS_MAX];
        size_t count;
        size_t turn; /* whose frames are looked at first, so that one busy peer does not hide the others */
        char public_key[KEY_TEXT_SIZE];
        char secret_key[KEY_TEXT_SIZE];
};

static int transport(struct err_info *info, const char *what)
{
        return err_set(info, ERR_TRANSPORT, "%s: %s", what, zmq_strerror(zmq_errno()));
}

int dealers_open(const struct dealer_keys *keys, struct dealers **ret, struct err_info *info)
{
        struct dealers *dealers = calloc(1, sizeof(*dealers));
        if (dealers == NULL)
                return err_set(info, ERR_NO_MEMORY, "out of memory");
        (void)snprintf(dealers->public_key, sizeof(dealers->public_key), "%s", keys->public_key);
        (void)snprintf(dealers->secret_key, sizeof(dealers->secret_key), "%s", keys->secret_key);
        dealers->world = world_real();
        dealers->context = zmq_ctx_new();
        if (dealers->context == NULL) {
                free(dealers);
                return transport(info, "zmq_ctx_new");
        }
        *ret = dealers;
        return 0;
}

static void close_connection(struct connection *connection)
{
        if (connection->socket != NULL)
                (void)zmq_close(connection->socket);
        free(connection->endpoint);
}

void dealers_close(struct dealers *dealers)
{
        if (dealers == NULL)
                return;
        for (size_t i = 0; i < dealers->count; i++)
                close_connection(&dealers->connections[i]);
        while (zmq_ctx_term(dealers->context) != 0 && zmq_errno() == EINTR)
                ;
        explicit_bzero(dealers->secret_key, sizeof(dealers->secret_key));
        free(dealers);
}

static bool set_options(const struct dealers *dealers, void *socket, const char *server_key)
{
        static const int none = 0;
        static const int reconnect_ms = 20; /* a daemon restarts in less than a second: be there when it is */
        static const int reconnect_max_ms = 500;
        static const int64_t frame_bytes_max = LIMIT_FRAME_BYTES;

        return zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof(none)) == 0 &&
               zmq_setsockopt(socket, ZMQ_SNDHWM, &none, sizeof(none)) == 0 &&
               zmq_setsockopt(socket, ZMQ_RCVHWM, &none, sizeof(none)) == 0 &&
               zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &reconnect_ms, sizeof(reconnect_ms)) == 0 &&
               zmq_setsockopt(socket, ZMQ_RECONNECT_IVL_MAX, &reconnect_max_ms, sizeof(reconnect_max_ms)) == 0 &&
               zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &frame_bytes_max, sizeof(frame_bytes_max)) == 0 &&
               zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, KEY_TEXT_SIZE) == 0 &&
               zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, dealers->public_key, KEY_TEXT_SIZE) == 0 &&
               zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, dealers->secret_key, KEY_TEXT_SIZE) == 0;
}

static int open_socket(const struct dealers *dealers, struct connection *connection, struct err_info *info)
{
        connection->waiting_us = 0;
        connection->socket = zmq_socket(dealers->context, ZMQ_DEALER);
        if (connection->socket == NULL)
                return transport(info, "zmq_socket");
        if (set_options(dealers, connection->socket, connection->server_key) &&
            zmq_connect(connection->socket, connection->endpoint) == 0)
                return 0;
        int err = transport(info, connection->endpoint);
        (void)zmq_close(connection->socket);
        connection->socket = NULL;
        return err;
}

int dealers_connect(struct dealers *dealers, const char *endpoint, const char *server_key, size_t *ret_index,
                    struct err_info *info)
{
        require(dealers->count < CONNECTIONS_MAX);
        struct connection connection = {.endpoint = strdup(endpoint)};
        require(connection.endpoint != NULL);
        (void)snprintf(connection.server_key, sizeof(connection.server_key), "%s", server_key);
        int err = open_socket(dealers, &connection, info);
        if (err != 0) {
                close_connection(&connection);
                return err;
        }
        dealers->connections[dealers->count] = connection;
        *ret_index = dealers->count++;
        return 0;
}

/* Where nothing came since a frame left, long ago. */
static int renew_if_silent(struct dealers *dealers, struct connection *connection, struct err_info *info)
{
        uint64_t now_us = dealers->world.monotonic_us(&dealers->world);
        if (connection->socket != NULL && connection->waiting_us != 0 && now_us - connection->waiting_us > SILENT_US) {
                (void)zmq_close(connection->socket);
                connection->socket = NULL;
        }
        int err = connection->socket != NULL ? 0 : open_socket(dealers, connection, info);
        if (connection->waiting_us == 0)
                connection->waiting_us = now_us;
        return err;
}

int dealers_send(struct dealers *dealers, size_t index, struct slice frame, struct err_info *info)
{
        require(index < dealers->count);
        struct connection *connection = &dealers->connections[index];
        int err = renew_if_silent(dealers, connection, info);
        if (err != 0)
                return err;
        int sent;
        do
                sent = zmq_send(connection->socket, frame.data, frame.size, ZMQ_DONTWAIT);
        while (sent < 0 && zmq_errno() == EINTR);
        return sent < 0 ? transport(info, "zmq_send") : 0;
}

/* 1 a frame, 0 none is there. */
static int receive_from(struct connection *connection, struct arena *arena, struct slice *ret, struct err_info *info)
{
        zmq_msg_t message;
        if (connection->socket == NULL)
                return 0;
        (void)zmq_msg_init(&message);
        int size = zmq_msg_recv(&message, connection->socket, ZMQ_DONTWAIT);
        int result = 1;
        if (size < 0) {
                result = zmq_errno() == EAGAIN || zmq_errno() == EINTR ? 0 : transport(info, "zmq_msg_recv");
        } else {
                connection->waiting_us = 0;
                *ret = slice_of(arena_copy(arena, zmq_msg_data(&message), (size_t)size), (size_t)size);
        }
        (void)zmq_msg_close(&message);
        return result;
}

static int receive_any(struct dealers *dealers, struct arena *arena, struct slice *ret, struct err_info *info)
{
        for (size_t i = 0; i < dealers->count; i++) {
                size_t index = (dealers->turn + i) % dealers->count;
                int got = receive_from(&dealers->connections[index], arena, ret, info);
                if (got != 0) {
                        dealers->turn = index + 1;
                        return got;
                }
        }
        return 0;
}

int dealers_receive(struct dealers *dealers, uint32_t timeout_ms, struct arena *arena, struct slice *ret,
                    struct err_info *info)
{
        int got = receive_any(dealers, arena, ret, info);
        if (got != 0 || timeout_ms == 0)
                return got;

        zmq_pollitem_t items[CONNECTIONS_MAX];
        int count = 0;
        for (size_t i = 0; i < dealers->count; i++)
                if (dealers->connections[i].socket != NULL)
                        items[count++] =
                                (zmq_pollitem_t){.socket = dealers->connections[i].socket, .events = ZMQ_POLLIN};
        int ready = zmq_poll(items, count, (long)timeout_ms);
        if (ready < 0 && zmq_errno() != EINTR)
                return transport(info, "zmq_poll");
        return ready > 0 ? receive_any(dealers, arena, ret, info) : 0;
}
