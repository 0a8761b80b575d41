/* client.h: asks other daemons, from a libuv loop, without waiting. One DEALER to each instance that is spoken to,
 * opened at the first request. A request is answered exactly once: by its reply, or by ERR_TIMEOUT. Resending is the
 * caller's choice: the same command id gives the same answer.
 *
 * Nothing piles up before an instance that is down: a frame waits here, not in ZeroMQ, until it can leave or is late. A
 * line that let a request time out and brought nothing since it left is closed, and opened again by the next request:
 * ZeroMQ gives a connection up for good where the peer sent what it must not (a frame over LIMIT_FRAME_BYTES). */
#ifndef COMMON_BUS_CLIENT_H
#define COMMON_BUS_CLIENT_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/bus/bus.h"
#include "envelope.pb-c.h"

struct client;

struct client_target {
        const char *name; /* instance; borrowed, must outlive the client */
        const char *endpoint;
        const char *public_key;
};

/* `reply` is NULL when err is not 0; it lives in `arena` until the callback returns. */
typedef void (*client_answer_f)(void *argument, int err, const Wire__Reply *reply, struct arena *arena);

struct client *client_new(struct bus *bus);
void client_free(struct client *client); /* forgets what is not answered yet, without a call */
void client_ask(struct client *client, const struct client_target *target, const Wire__Envelope *envelope,
                uint32_t timeout_ms, client_answer_f answer, void *argument);

#endif
