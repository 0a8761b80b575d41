/* catch_up.h: what accounts has just done is answered when this gateway's copies know it too, so that a key opens the
 * door from the moment that it is shown, and one that was ended opens it no more. Within CATCH_UP_MS: where the line is
 * slow the answer comes first. For the loop thread. */
#ifndef SERVICES_GATEWAY_FRONT_CATCH_UP_H
#define SERVICES_GATEWAY_FRONT_CATCH_UP_H

#include <stdint.h>
#include <uv.h>

enum { CATCH_UP_MS = 1000 };

struct catch_ups;
/* `reached`: the number of the last event that the copies know. */
struct catch_ups *catch_ups_new(uv_loop_t *loop, uint64_t (*reached)(void *argument), void *argument);
/* Whoever waits is let go first. Accepts NULL; the timer is closed by the loop's next turn. */
void catch_ups_free(struct catch_ups *all);

/* One that waits; the caller's, and untouched until `then` is called: at once where the event is known. */
struct catch_up {
        void (*then)(void *argument);
        void *argument;
        /* inside */
        uint64_t number;
        uint64_t deadline_ms;
        struct catch_up *next;
};
void catch_up_wait(struct catch_ups *all, struct catch_up *one, uint64_t number);
void catch_ups_look(struct catch_ups *all); /* the copies may know more */

#endif
