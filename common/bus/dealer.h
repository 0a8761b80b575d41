/* dealer.h: blocking connections to other processes, for tools (common/clients/link.h), never for daemons: those have
 * bus.h. A set of DEALER sockets over CURVE, one for each endpoint; frames that arrive on any of them come out of
 * dealers_receive() in turn. One thread. Nothing resends here; but a connection that was silent for two seconds after a
 * frame left is made anew by the next frame to it: ZeroMQ gives up for good one whose peer sent what it must not. */
#ifndef COMMON_BUS_DEALER_H
#define COMMON_BUS_DEALER_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/slice.h"

struct dealers;

struct dealer_keys {
        const char *public_key; /* Z85, copied */
        const char *secret_key;
};

int dealers_open(const struct dealer_keys *keys, struct dealers **ret, struct err_info *info) ATTR_MUST_CHECK;
void dealers_close(struct dealers *dealers); /* accepts NULL; frames not sent yet are dropped */

/* Connects, which does not say that anybody is there. *ret_index names the connection from now on: 0, 1, 2… */
int dealers_connect(struct dealers *dealers, const char *endpoint, const char *server_key, size_t *ret_index,
                    struct err_info *info) ATTR_MUST_CHECK;

/* Queues the frame (copied) without waiting and without bound: the caller bounds what it has in flight. */
int dealers_send(struct dealers *dealers, size_t index, struct slice frame, struct err_info *info) ATTR_MUST_CHECK;

/* Waits for a frame at most timeout_ms (0: does not wait). 1 with *ret in the arena, 0 where none came, or an err. */
int dealers_receive(struct dealers *dealers, uint32_t timeout_ms, struct arena *arena, struct slice *ret,
                    struct err_info *info) ATTR_MUST_CHECK;

#endif
