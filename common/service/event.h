/* event.h: what happened, as apply, copy and react functions get it, and how an entry of a log becomes that. */
#ifndef COMMON_SERVICE_EVENT_H
#define COMMON_SERVICE_EVENT_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/id.h"
#include "common/base/slice.h"

struct event {
        uint64_t number;
        int64_t at_ms;
        struct id cause;
        const char *user;    /* the name of who acted, to be shown; "": a reaction */
        struct id account;   /* who acted; zero: a reaction, or an event of before accounts had ids here */
        const char *source;  /* instance that it came from; "" for the daemon's own */
        const void *body;    /* the source service's Event message; NULL: of a kind that is not followed (spec.h) */
        struct slice sealed; /* own events only */
        struct slice record; /* foreign events: as it came, and the hash of the record before it */
        struct slice previous_hash;
        bool left_out;   /* the engine's: the reaction to it cannot be recorded */
        bool is_relayed; /* recorded by another partition first, and moved here since: followers had it from there */
        const char *after_source; /* foreign events: not before that instance's event of this number; NULL */
        uint64_t after_number;
};

/* What an apply function works on: the rows, and what happened besides its body. */
struct txn;
struct change {
        struct txn *txn;
        struct arena *arena;
        const struct event *event;
};

/* Of a foreign event, derived from its source and number: a stable cause for what follows from it. */
struct id event_id(const struct event *event);

/* The service's Event message (of that type) that holds `body`, in the arena. */
void *event_of_body(const ProtobufCMessageDescriptor *type, const ProtobufCMessage *body, struct arena *arena);
/* 0; ERR_CONFIG: two kinds of its events are messages of one type, so that the body would not tell which it is. */
int event_kinds_differ(const ProtobufCMessageDescriptor *type, struct err_info *info) ATTR_MUST_CHECK;

/* One log entry, without its body. False where it cannot be read. *ret_body: the Event as it is written. */
bool event_open(const char *source, struct slice record, struct arena *arena, struct event *ret,
                struct slice *ret_body);
/* Which kind of event it is: the number of the field that it holds. 0: none that can be told without decoding. */
uint32_t event_kind(struct slice body);
/* One log entry, whole. */
bool event_of_entry(const ProtobufCMessageDescriptor *type, const char *source, struct slice record,
                    struct slice sealed, struct arena *arena, struct event *ret);

/* Whether an Event message is of a kind that this program knows: a later program's decode to nothing. */
bool event_is_known(const void *event);

#endif
