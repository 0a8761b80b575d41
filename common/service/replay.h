/* replay.h: a log through apply or copy functions into another store: what verify.h compares with, and what migrate.h
 * makes a store of today from. */
#ifndef COMMON_SERVICE_REPLAY_H
#define COMMON_SERVICE_REPLAY_H

#include "common/service/spec.h"

enum { ROWS_PER_COMMIT = 16384, EVENTS_PER_SLICE = 2048 };

struct replay {
        struct store *into;
        enum table_kind kind; /* of the tables that `put` writes */
        const ProtobufCMessageDescriptor *type;
        const char *source; /* instance of the log; "": the store's own */
        void (*put)(struct txn *txn, struct arena *arena, const struct event *event);
        uint64_t last;  /* number of the last event to take in */
        uint64_t taken; /* in, out: number of the last event that was */
        /* NULL: always. False: this event has to wait for another log's; the replay stops before it. */
        bool (*is_its_turn)(void *argument, const struct event *event);
        void *argument;
        bool tell;         /* how far it is, in the log of the process, every few seconds */
        uint64_t replayed; /* out */
};

/* `log` is a snapshot of the store whose log it is. 0; ERR_STORE: an entry cannot be read; ERR_STORE_NEWER: an event is
 * of a kind that this program does not know; or why `into` could not be written. */
int replay_log(struct replay *replay, struct txn *log, struct err_info *info) ATTR_MUST_CHECK;
/* The same from a log that is written to meanwhile: each slice of it has a snapshot of its own. */
int replay_store(struct replay *replay, struct store *log, struct err_info *info) ATTR_MUST_CHECK;

#endif
