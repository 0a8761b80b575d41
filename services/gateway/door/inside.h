/* inside.h: what the door and its visitors share: who is there, in which line, and how one leaves. For door.c and
 * visitor.c, which lie above it in this order. */
#ifndef SERVICES_GATEWAY_DOOR_INSIDE_H
#define SERVICES_GATEWAY_DOOR_INSIDE_H

#include "services/gateway/door/addresses.h"
#include "services/gateway/door/door.h"

enum { DOOR_LINGER_MS = 1000 }; /* for the other side to read our last words */

enum turn {
        TURN_HEAD,   /* the visitor's: to ask */
        TURN_BODY,   /* the visitor's: to send the rest */
        TURN_OURS,   /* to answer */
        TURN_LINGER, /* all is said: until it hangs up */
        TURN_STREAM, /* ours, for as long as it stays */
};

struct list { /* who was silent longest stands first */
        struct visitor *first, *last;
};

struct visitor {
        struct door *door;
        struct visitor *next, *previous;
        struct list *list;   /* NULL: left */
        unsigned references; /* two handles and the library */
        uv_tcp_t outer;      /* to the client */
        uv_pipe_t inner;     /* to the library, once seated */
        struct sockaddr_storage address;
        struct guard guard;
        const struct guard_flaw *flaw;
        char *pending; /* came, and was not passed on */
        size_t pending_size, pending_room, discarded;
        enum turn turn;
        uint64_t came_ms;
        uint64_t deadline_ms; /* 0: none */
        uint64_t taking_ms;   /* until when the answer must be taken; 0: it flows */
        bool seated, known, counted;
        bool inner_open, inner_full;  /* the library does not take what we pass on */
        void (*gone)(void *argument); /* of a stream */
        void *argument;
        bool pumping, refused, ended /* no more will come */, answered_all /* nothing more will go */;
};

struct door {
        struct door_options options;
        uv_loop_t *loop;
        int fd;
        uv_poll_t poll;
        uv_timer_t sweep;
        unsigned handles_open; /* those two, and the visitors */
        struct list waiting, strangers, known, streams;
        bool draining;
        struct addresses *addresses;
        struct door_counts counts;
        /* A seat for who asks. False: turned away. The door's own, for its visitors to ask. */
        bool (*take_seat)(struct visitor *v, const struct guard_look *look);
        char buffer[64 * 1024];
};

static inline uint64_t door_in_s(const struct door *door, unsigned seconds)
{
        return uv_now(door->loop) + seconds * UINT64_C(1000);
}

static inline bool visitor_has_left(const struct visitor *v)
{
        return v->list == NULL;
}

void door_line_up(struct visitor *v); /* behind all others of the list that is its own now */
void door_drop(struct visitor *v);    /* at once; may be said again */
void door_each(struct list *list, void (*see)(struct visitor *v)); /* it may drop the one it sees */
void door_close_inner(struct visitor *v);
void door_uncount(struct visitor *v);  /* no stranger of its address any more */
void visitor_unref(struct visitor *v); /* one of its handles, or the library, is done with it */
void door_let_go(struct door *door);   /* one of its handles is closed */

#endif
