#include "common/bus/zap.h"

#include <stdint.h>
#include <string.h>
#include <zmq.h>

#include "common/bus/socket.h"

enum { KEY_SIZE = 32, KEY_TEXT_SIZE = KEY_SIZE * 5 / 4 + 1, FRAME_SIZE = 256 };

/* A request's frames, in their order. */
enum { VERSION, REQUEST_ID, DOMAIN, ADDRESS, IDENTITY, MECHANISM, KEY, FRAMES };

struct request {
        uint8_t frames[FRAMES][FRAME_SIZE];
        size_t sizes[FRAMES];
};

int zap_open(struct zap *zap, void *context)
{
        zap->zmq = zmq_socket(context, ZMQ_REP);
        if (zap->zmq == NULL)
                return -1;
        return zmq_bind(zap->zmq, "inproc://zeromq.zap.01");
}

void zap_close(struct zap *zap)
{
        if (zap->zmq != NULL)
                (void)zmq_close(zap->zmq);
        zap->zmq = NULL;
}

static bool receive(void *zmq, struct request *request)
{
        for (int i = 0; i < FRAMES; i++) {
                int size = zmq_recv(zmq, request->frames[i], FRAME_SIZE, ZMQ_DONTWAIT);
                if (size < 0 || size > FRAME_SIZE)
                        return false;
                request->sizes[i] = (size_t)size;
                if (socket_more(zmq) != (i < FRAMES - 1))
                        return false;
        }
        return true;
}

static bool on_the_list(const struct zap *zap, const struct request *request)
{
        char text[KEY_TEXT_SIZE];
        if (request->sizes[MECHANISM] != 5 || memcmp(request->frames[MECHANISM], "CURVE", 5) != 0 ||
            request->sizes[KEY] != KEY_SIZE)
                return false;
        (void)zmq_z85_encode(text, request->frames[KEY], KEY_SIZE);
        for (size_t i = 0; i < zap->allowed_count; i++)
                if (strcmp(zap->allowed[i], text) == 0)
                        return true;
        return false;
}

static void send_frame(void *zmq, const void *bytes, size_t size, int flags)
{
        (void)zmq_send(zmq, bytes, size, flags);
}

bool zap_answer(struct zap *zap)
{
        struct request request = {0};
        if ((socket_events(zap->zmq) & ZMQ_POLLIN) == 0)
                return false;
        bool allowed = receive(zap->zmq, &request) && on_the_list(zap, &request);
        socket_skip(zap->zmq);
        if (!allowed)
                zap->turned_away++;

        send_frame(zap->zmq, "1.0", 3, ZMQ_SNDMORE);
        send_frame(zap->zmq, request.frames[REQUEST_ID], request.sizes[REQUEST_ID], ZMQ_SNDMORE);
        send_frame(zap->zmq, allowed ? "200" : "400", 3, ZMQ_SNDMORE);
        send_frame(zap->zmq, allowed ? "OK" : "NO", 2, ZMQ_SNDMORE);
        send_frame(zap->zmq, "", 0, ZMQ_SNDMORE); /* user id: unused, passports say who acts */
        send_frame(zap->zmq, "", 0, 0);
        return true;
}
