/* listener.h: somebody who listens to an event stream of a gateway (server-sent events), by a raw socket. What cannot
 * be (no answer, an event that is none, nothing for a minute) aborts the test. */
#ifndef TESTS_LIB_LISTENER_H
#define TESTS_LIB_LISTENER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct listener_wish {
        uint16_t port;
        const char *token;
        const char *query;   /* "boxes=BOX_OWN"; NULL: none */
        const char *last_id; /* Last-Event-ID; NULL: none */
        int receive_buffer;  /* bytes, of the kernel; 0: its own */
};

struct listener {
        int fd;
        char *bytes; /* came, and was not read as an event yet */
        size_t size, room;
        char id[24]; /* of the last event that came whole: a heartbeat's too */
        size_t heartbeats;
        bool has_ended; /* the connection has */
};

struct heard {
        char name[16]; /* "": the stream has ended */
        json_t *data;
};
void heard_fini(struct heard *heard);

/* Its status: 200, and the stream stands; else what was answered instead, and nothing is open. */
int listener_open(const struct listener_wish *wish, struct listener *ret);
void listener_close(struct listener *listener);
struct heard listener_next(struct listener *listener); /* heartbeats are counted, and passed over */

#endif
