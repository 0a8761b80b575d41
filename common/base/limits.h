/* limits.h: every bound of the runtime, with its reason. What a field of a request may hold:
 * common/codec/field_rules.h. A bound that only one service knows stands in that service. */
#ifndef COMMON_BASE_LIMITS_H
#define COMMON_BASE_LIMITS_H

enum {
        LIMIT_FRAME_BYTES = 2 * 1024 * 1024,   /* twice the largest reply; more costs the peer its connection */
        LIMIT_REPLY_BYTES = 1024 * 1024,       /* beyond it a page is cut shorter; what has no page is refused */
        LIMIT_REQUEST_BYTES = 256 * 1024,      /* the largest published contract seen is 30 KiB */
        LIMIT_EVENT_BYTES = 128 * 1024,        /* an event's body, and its sealed part; a batch holds eight of them */
        LIMIT_EVENT_BATCH_BYTES = 1024 * 1024, /* one catch-up answer; bounds the memory of both sides */
        LIMIT_EVENT_BATCH_DEFAULT_BYTES = 256 * 1024,
        LIMIT_BATCH_COMMANDS = 1024,          /* one commit; more gains nothing and delays the first of them */
        LIMIT_QUEUE_COMMANDS = 16384,         /* waiting for the writer; beyond it UNAVAILABLE is answered */
        LIMIT_QUEUE_BYTES = 64 * 1024 * 1024, /* the same in memory: large requests fill the queue sooner */
        LIMIT_FRAMES_PER_WAKEUP = 256,        /* then timers, replies and other sockets have their turn */
        LIMIT_DESCRIPTORS = 2048,    /* of a daemon: what strangers can open before they are known, and their memory */
        LIMIT_QUERY_ROWS = 1500,     /* a page ends after so many rows looked at: half of the 5 ms of a query */
        LIMIT_QUERY_ROWS_MAX = 3000, /* and no walk of a query goes on beyond these: what has no page is refused */
        LIMIT_ROW_BYTES = 1024,      /* a longer row counts as several: reading it takes as long */
        LIMIT_PAGE_DEFAULT = 50,
        LIMIT_PAGE_MAX = 500,
        LIMIT_METHOD_BYTES = 64,
        LIMIT_PASSPORT_BYTES = 1024,
        LIMIT_PASSPORTS_KEPT = 1024,             /* verified passports remembered; a verification costs 60 µs */
        LIMIT_PASSPORT_LIFE_MS = 15 * 60 * 1000, /* a tool's lives 10 minutes; 5 more for clocks that differ */
        LIMIT_JSON_DEPTH = 32,
        LIMIT_SNAPSHOT_MS = 15 * 60 * 1000,  /* a tool's on a running store: pages freed since are not used again */
        LIMIT_SESSION_TOUCHES = 6,           /* told of a session within the time that it may rest */
        LIMIT_DEDUP_DAYS = 7,                /* how long an idempotency key is remembered */
        LIMIT_TABLE_BYTES = 4 * 1024 * 1024, /* of a file that the page gives, and of its rows as JSON: a list of the */
                                             /* region's whole year has some thousand rows of 100 bytes */
        LIMIT_BLOB_BYTES = 8 * 1024 * 1024,  /* one document: ten pages that were scanned; read through once in 50 ms */
        LIMIT_BLOB_PIECE_BYTES = 64 * 1024,  /* what a daemon holds of one at a time; a quarter of a request */
        LIMIT_BLOB_SPARE_BYTES = 256 * 1024 * 1024, /* of the disk, that documents leave to the logs */
        LIMIT_UPLOADS = 64,                         /* unfinished ones, of a daemon */
        LIMIT_UPLOADS_OF_ONE = 4,                   /* the same of an account */
        LIMIT_UPLOAD_LIFE_MS = 24 * 3600 * 1000,    /* since its last piece came */
};

#endif
