/* item.h: one piece of work, on its way from the loop thread to the writer and back, with its own memory. */
#ifndef COMMON_SERVICE_ITEM_H
#define COMMON_SERVICE_ITEM_H

#include "common/service/work.h"

struct method;       /* engine_inside.h */
struct subscription; /* spec.h */

/* What a reply answers: the request's id, and the tag of the frame that brought it. Two frames may bring the same id
 * at the same time (a command that is asked again by another way) and get different answers. */
struct asked {
        struct id id;
        uint64_t tag;
};

enum item_kind { ITEM_COMMAND, ITEM_EVENTS, ITEM_INTERNAL };
struct item {
        struct item *next;
        struct arena arena;
        size_t queued_bytes; /* of its memory when it was queued: what it costs the queue */
        enum item_kind kind;
        /* ITEM_COMMAND */
        struct slice peer; /* whom to answer */
        struct asked asked;
        const struct method *method;
        ProtobufCMessage *message;
        const struct verified_passport *passport;
        const Wire__Passport *actor;
        uint8_t hash[16];   /* of who asks what */
        struct slice reply; /* out: the serialised wire.Reply */
        /* ITEM_EVENTS: records of one source, numbers ascending without holes */
        const struct subscription *subscription;
        const char *source;
        struct event *events;
        size_t event_count;
        uint64_t head;          /* the source's last number when it sent this */
        uint64_t unknown;       /* number of the event behind them of a kind that this program does not know; 0: none */
        struct slice head_hash; /* of that record, where there are no events; empty: an older program does not tell */
        uint64_t taken;         /* out: the source's position after this item */
        bool diverged;          /* out: it does not continue the history that was taken in: nothing of it was */
        /* ITEM_INTERNAL */
        void (*fn)(struct work *work, void *argument);
        void (*done)(void *argument, int err);
        void *argument;
        int err;       /* out: 0, or why nothing was written; ERR_TOO_LARGE: of this item */
        bool left_out; /* the engine's: it would record more than an event may hold, so the batch runs without it */
};

struct item *item_new(struct engine *engine);
void item_free(struct engine *engine, struct item **item); /* loop side; keeps the memory for the next one */

#endif
