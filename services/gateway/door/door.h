/* door.h: the listening socket and the connections that come to it, in front of the HTTP library.
 *
 * A visitor costs a descriptor and some bytes until the head of a request is whole and the guard (guard.h) has let it
 * through. Only then it gets a seat: one end of a socket pair, whose other end the library takes for a connection. One
 * request at a time is passed on; the library's answer goes back as it is.
 *
 * Who waits without having asked is bounded, and so are the seats. Room is made by letting go the one who has been
 * silent longest and never showed a token that opens something; where nobody can be let go, and beyond so many
 * strangers of one address, the answer is 503 at once. There are deadlines for the head, for the whole request, for
 * the answer to be taken and for silence, and a greatest age for strangers.
 *
 * One thread: the loop's. A visitor that left is there until the library has released it. */
#ifndef SERVICES_GATEWAY_DOOR_DOOR_H
#define SERVICES_GATEWAY_DOOR_DOOR_H

#include <stdbool.h>
#include <sys/socket.h>
#include <uv.h>

#include "common/base/err.h"
#include "common/base/slice.h"
#include "services/gateway/door/guard.h"
#include "services/gateway/door/proxies.h"

enum { DOOR_WAITING_PER_SEAT = 4 }; /* visitors who have not asked yet, for each seat */

struct door;
struct visitor;

struct door_options {
        const struct sockaddr *address;
        unsigned seats;
        unsigned strangers_per_address;
        unsigned head_timeout_s;       /* from the first byte of a request (or the connection) to the end of its head */
        unsigned request_timeout_s;    /* for the body to come, and again for the answer to be taken */
        unsigned idle_timeout_s;       /* between requests */
        unsigned stranger_age_s;       /* of a connection that has shown no token */
        unsigned streams;              /* files to be allowed for them */
        const struct proxies *proxies; /* whose connections are not counted by address, as this machine's are not */
        /* Whether the Authorization header (NULL: none) names somebody. */
        bool (*knows)(void *argument, const char *authorization);
        /* The library's end of a visitor's seat, to own. False: it has no room. */
        bool (*seat)(void *argument, struct visitor *visitor, int fd);
        void (*wake)(void *argument); /* bytes are there for the library */
        void *argument;
        struct slice busy; /* a whole answer 503, as it goes out */
};

struct door_counts {
        uint64_t seated;
        uint64_t waiting;
        uint64_t turned_away; /* 503 */
        uint64_t let_go;      /* to make room */
        uint64_t late;        /* beyond a deadline or the age of strangers */
        uint64_t flawed;      /* what the guard refused */
        uint64_t streams;     /* open now */
        uint64_t slow;        /* streams that were closed because their reader did not keep up */
};

struct door *door_open(uv_loop_t *loop, const struct door_options *options, struct err_info *info) ATTR_MUST_CHECK;
void door_close(struct door *door); /* once the library has released all; the loop must run once more to free it */
/* Nobody new comes in, who asks nothing leaves; who has asked is answered, and leaves then. */
void door_drain(struct door *door);
bool door_is_empty(const struct door *door); /* nobody waits for an answer any more */
const struct door_counts *door_counts(const struct door *door);

/* What the library's side asks and tells. */
const struct sockaddr *visitor_address(const struct visitor *visitor);
/* What was wrong with the request that the library sees: its answer must say it. NULL: nothing. */
const struct guard_flaw *visitor_flaw(const struct visitor *visitor);
void visitor_answered(struct visitor *visitor); /* the library is done with the request */
void visitor_refused(struct visitor *visitor);  /* answered before its body came: what comes of it is dropped */
void visitor_released(struct visitor *visitor); /* the library's end is closed: the last word about it */

/* --- a visitor that is answered by ourselves, for as long as it stays (an event stream)
 * It gives its seat back: what is left of it is a descriptor and what it has not taken yet, DOOR_STREAM_BUFFER at most.
 * Who does not take that much, or nothing of it for so long (request_timeout_s), is let go: nobody waits for it. */
enum { DOOR_STREAM_BUFFER = 64 * 1024 };
/* `gone` is called once, whatever ends it, and the visitor is not to be used any more. False: it has left already, and
 * `gone` is not called. The library must be told to close its end. */
bool visitor_stream(struct visitor *visitor, void (*gone)(void *argument), void *argument);
/* Never waits. False: it is gone, and `gone` has been called. */
bool visitor_tell(struct visitor *visitor, struct slice bytes);
void visitor_end(struct visitor *visitor); /* all is said; calls `gone` */

#endif
