/* zap.h: who may connect (ZeroMQ RFC 27): the public key of a peer must be on the allow-list. Inside common/bus only.
 */
#ifndef COMMON_BUS_ZAP_H
#define COMMON_BUS_ZAP_H

#include <stdbool.h>
#include <stddef.h>

struct zap {
        void *zmq;
        const char *const *allowed; /* Z85, borrowed */
        size_t allowed_count;
        unsigned long turned_away;
};

int zap_open(struct zap *zap, void *context); /* 0, or -1 with errno; before any server socket is bound */
bool zap_answer(struct zap *zap);             /* one request, if there is one */
void zap_close(struct zap *zap);

#endif
