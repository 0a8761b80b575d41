#include "echo.h"
#include "tests/lib/send_signal.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

enum { FRAME_BYTES = 256 };

static void *open_socket(void *context, int type, const struct net *net, const char *endpoint)
{
        void *socket = zmq_socket(context, type);
        int yes = 1, none = 0;
        const struct secrets *keys = &net->secrets;
        (void)zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof(none));
        (void)zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, keys->curve_secret, strlen(keys->curve_secret));
        if (type == ZMQ_ROUTER) {
                (void)zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &yes, sizeof(yes));
                return zmq_bind(socket, endpoint) == 0 ? socket : NULL;
        }
        (void)zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, keys->curve_public, strlen(keys->curve_public));
        (void)zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, keys->curve_public, strlen(keys->curve_public));
        return zmq_connect(socket, endpoint) == 0 ? socket : NULL;
}

static void serve(const struct net *net, const char *endpoint)
{
        char peer[256], frame[FRAME_BYTES];
        void *socket = open_socket(zmq_ctx_new(), ZMQ_ROUTER, net, endpoint);
        while (socket != NULL) {
                int peer_size = zmq_recv(socket, peer, sizeof(peer), 0);
                int size = zmq_recv(socket, frame, sizeof(frame), 0);
                (void)zmq_send(socket, peer, (size_t)peer_size, ZMQ_SNDMORE);
                (void)zmq_send(socket, frame, (size_t)size, 0);
        }
        _exit(1);
}

struct samples echo_measure(struct net *net, uint32_t seconds)
{
        struct samples samples = {0};
        char endpoint[64], frame[FRAME_BYTES] = {0};
        (void)snprintf(endpoint, sizeof(endpoint), "tcp://127.0.0.1:%u", 41000 + (unsigned)getpid() % 20000);
        pid_t server = fork();
        if (server == 0) {
                (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
                serve(net, endpoint);
        }
        void *context = zmq_ctx_new();
        void *socket = open_socket(context, ZMQ_DEALER, net, endpoint);
        if (server < 0 || socket == NULL)
                harness_fail("echo: %s", zmq_strerror(zmq_errno()));

        uint64_t end_us = harness_now_us() + (uint64_t)seconds * 1000000;
        for (uint64_t n = 0; harness_now_us() < end_us; n++) {
                uint64_t sent_us = harness_now_us();
                if (zmq_send(socket, frame, sizeof(frame), 0) < 0 || zmq_recv(socket, frame, sizeof(frame), 0) < 0)
                        harness_fail("echo: %s", zmq_strerror(zmq_errno()));
                if (n > 100) /* the handshake is not measured */
                        samples_add(&samples, (double)(harness_now_us() - sent_us));
        }
        (void)send_signal(server, SIGTERM);
        (void)waitpid(server, NULL, 0);
        (void)zmq_close(socket);
        (void)zmq_ctx_term(context);
        return samples;
}
