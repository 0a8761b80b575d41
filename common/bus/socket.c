#include "common/bus/socket.h"

#include <stdint.h>
#include <string.h>
#include <zmq.h>

#include "common/base/limits.h"
#include "common/base/require.h"

enum {
        LINGER_MS = 200,
        HEARTBEAT_MS = 10000, /* a peer that is gone without a word is noticed after three */
        RECONNECT_MS = 50,
        RECONNECT_MAX_MS = 1000,
        HANDSHAKE_MS = 5000, /* a connection that does not finish it is closed: half-open ones do not add up */
};

int socket_events(void *zmq)
{
        int events = 0;
        size_t size = sizeof(events);
        return zmq_getsockopt(zmq, ZMQ_EVENTS, &events, &size) == 0 ? events : 0;
}

bool socket_more(void *zmq)
{
        int more = 0;
        size_t size = sizeof(more);
        return zmq_getsockopt(zmq, ZMQ_RCVMORE, &more, &size) == 0 && more != 0;
}

void socket_skip(void *zmq)
{
        zmq_msg_t frame;
        while (socket_more(zmq)) {
                (void)zmq_msg_init(&frame);
                (void)zmq_msg_recv(&frame, zmq, ZMQ_DONTWAIT);
                (void)zmq_msg_close(&frame);
        }
}

static void set_option(void *zmq, int option, int value)
{
        require(zmq_setsockopt(zmq, option, &value, sizeof(value)) == 0);
}

void socket_options(void *zmq, int send_max, int receive_max)
{
        int64_t frame_bytes_max = LIMIT_FRAME_BYTES;
        require(zmq_setsockopt(zmq, ZMQ_MAXMSGSIZE, &frame_bytes_max, sizeof(frame_bytes_max)) == 0);
        set_option(zmq, ZMQ_SNDHWM, send_max);
        set_option(zmq, ZMQ_RCVHWM, receive_max);
        set_option(zmq, ZMQ_IMMEDIATE, 1); /* before a peer that is down, sending fails at once and nothing piles up */
        set_option(zmq, ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS);
        set_option(zmq, ZMQ_LINGER, LINGER_MS);
        set_option(zmq, ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS);
        set_option(zmq, ZMQ_HEARTBEAT_TIMEOUT, 3 * HEARTBEAT_MS);
        set_option(zmq, ZMQ_RECONNECT_IVL, RECONNECT_MS);
        set_option(zmq, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS);
}

int socket_curve_server(void *zmq, const char *secret_key)
{
        int yes = 1;
        if (zmq_setsockopt(zmq, ZMQ_CURVE_SERVER, &yes, sizeof(yes)) != 0)
                return -1;
        /* Without a domain libzmq 4.3 asks ZAP all the same, but a named one says what is meant. */
        if (zmq_setsockopt(zmq, ZMQ_ZAP_DOMAIN, "guichet", strlen("guichet")) != 0)
                return -1;
        return zmq_setsockopt(zmq, ZMQ_CURVE_SECRETKEY, secret_key, strlen(secret_key));
}

int socket_curve_client(void *zmq, const char *public_key, const char *secret_key, const char *server_key)
{
        if (zmq_setsockopt(zmq, ZMQ_CURVE_SERVERKEY, server_key, strlen(server_key)) != 0 ||
            zmq_setsockopt(zmq, ZMQ_CURVE_PUBLICKEY, public_key, strlen(public_key)) != 0)
                return -1;
        return zmq_setsockopt(zmq, ZMQ_CURVE_SECRETKEY, secret_key, strlen(secret_key));
}

int socket_failed(struct err_info *info, const char *what, const char *endpoint)
{
        return err_set(info, ERR_TRANSPORT, "%s %s: %s", what, endpoint, zmq_strerror(zmq_errno()));
}
