/* visitor.h: inside the door: one connection, from the client to the library and back (visitor.c), and what it shares
 * with those who come and go (door.c). For these two files. */
#ifndef SERVICES_GATEWAY_VISITOR_H
#define SERVICES_GATEWAY_VISITOR_H

#include "services/gateway/addresses.h"
#include "services/gateway/door.h"

enum { DOOR_LINGER_MS = 1000 }; /* for the other side to read our last words */

enum turn {
        TURN_HEAD,   /* the visitor's: to ask */
        TURN_BODY,   /* the visitor's: to send the rest */
        TURN_OURS,   /* to answer */
        TURN_LINGER, /* all is said: until it hangs up */
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
        bool inner_open, inner_full; /* the library does not take what we pass on */
        bool pumping, refused, ended /* no more will come */, answered_all /* nothing more will go */;
};

struct door {
        struct door_options options;
        uv_loop_t *loop;
        int fd;
        uv_poll_t poll;
        uv_timer_t sweep;
        unsigned handles_open; /* those two, and the visitors */
        struct list waiting, strangers, known;
        struct addresses *addresses;
        struct door_counts counts;
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

/* visitor.c */
/* To what the client says; the first `said` bytes lie in the door's buffer. */
void visitor_listen(struct visitor *v, size_t said);
void visitor_turn_away(struct visitor *v); /* 503 */
void visitor_hand_over(struct visitor *v); /* what the library has said, as far as it goes without waiting */
void visitor_on_answer(uv_stream_t *inner, ssize_t size, const uv_buf_t *buffer);
void visitor_on_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *ret);

/* door.c */
void door_line_up(struct visitor *v); /* behind all others of the list that is its own now */
void door_drop(struct visitor *v);    /* at once; may be said again */
void door_close_inner(struct visitor *v);
/* A seat for who asks. False: turned away. */
bool door_take_seat(struct visitor *v, const struct guard_look *look);

#endif
