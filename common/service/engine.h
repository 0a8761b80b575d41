/* engine.h: a daemon without threads, sockets or clock: frames in, frames out, one store. service.c puts it between a
 * loop thread and a writer thread; tests and simulations drive it step by step from one thread, with a seeded world.
 *
 * Loop side (one thread): engine_accept(), engine_answer_query(), engine_events_after().
 * Writer side (one thread): engine_run(). They share the store and nothing else; items go from one to the other whole.
 */
#ifndef COMMON_SERVICE_ENGINE_H
#define COMMON_SERVICE_ENGINE_H

#include "common/service/follow.h"
#include "common/service/item.h"
#include "common/service/keys.h"
#include "common/service/spec.h"
#include "common/store/vault.h"

struct engine_options {
        const struct service_spec *spec;
        const char *instance;
        const char *directory; /* of the store */
        const void *config;    /* the service's config struct, for start() */
        struct world *world;
        uint32_t partition;
        const char *home; /* a territory of the network: whose day it is for who has none. NULL: that of Paris */
        uint64_t map_bytes_max;
        const struct signer *signers;
        size_t signer_count;
        const uint8_t *master_key; /* 32 bytes, for services that seal; NULL: none */
        const uint8_t *shared_key; /* 32 bytes that all instances of the service have; NULL: none, or not yet */
        const uint8_t *own_secret; /* 32 bytes that only this instance has: seals replies; NULL: none, in tests */
        bool must_exist;           /* the store was made before: missing or empty, it was lost (made.h) */
        bool keys_must_exist;      /* so were the keys of what it seals */
        /* Answers runtime.Health and runtime.Metrics: the serialised reply. NULL: they are refused. */
        struct slice (*describe)(void *argument, bool metrics, struct arena *arena);
        void *describe_argument;
};

struct engine;

int engine_open(const struct engine_options *options, struct engine **ret, struct err_info *info) ATTR_MUST_CHECK;
/* Whether the master key opens what this instance has sealed, without opening it for use. */
int engine_check_keys(const struct engine_options *options, struct err_info *info) ATTR_MUST_CHECK;
/* Keys that should be there and are not, of the newest `max` (keys.h): said in the log at the start. */
struct missing_keys engine_missing_keys(struct engine *engine, uint64_t max);
void engine_close(struct engine *engine); /* accepts NULL */
struct store *engine_store(struct engine *engine);
struct world *engine_world(struct engine *engine);
struct vault *engine_vault(struct engine *engine); /* of a service that seals */
struct blobs;
struct blobs *engine_blobs(struct engine *engine); /* NULL: of one that keeps no documents */
const char *engine_directory(const struct engine *engine);
uint32_t engine_partition(const struct engine *engine);
const char *engine_instance(const struct engine *engine);
void *engine_context(struct engine *engine);
/* The key that all instances of the service share. False: there is none (a network of before, a test), and *ret is made
 * of the master key, so that this instance has one of its own. Of a service that seals. */
enum { SHARED_KEY_SIZE = 32 };
bool engine_shared_key(const struct engine *engine, uint8_t ret[SHARED_KEY_SIZE]);

/* Reads a frame. Returns NULL with *ret_reply to send at once (a query's answer, a refusal), or the item to queue. */
struct item *engine_accept(struct engine *engine, struct slice peer, struct slice frame, struct arena *arena,
                           struct slice *ret_reply);
/* A batch of events from `source`: the item to queue, or NULL with an error. */
struct item *engine_accept_events(struct engine *engine, const struct subscription *subscription, const char *source,
                                  struct slice batch, struct err_info *info);

/* Runs `items` (a list) as ONE transaction and fills in what each one answers. 0; ERR_DISK_FULL, ERR_MAP_FULL: nothing
 * was written and every answer says so; anything else is fatal to the process: durability is in doubt. */
int engine_run(struct engine *engine, struct item *items, struct err_info *info) ATTR_MUST_CHECK;

/* Serialised wire.EventBatch of the daemon's own log, sealed parts left out. take: *position moves to its last event.
 */
struct slice engine_take_events(struct engine *engine, uint64_t *position, uint32_t bytes_max, struct arena *arena);
struct slice engine_events_after(struct engine *engine, uint64_t after, uint32_t bytes_max, struct arena *arena);
uint64_t engine_position(struct engine *engine); /* own log */
/* For tests and simulations: one command or query as `actor`, no signature, a batch of one. `key` may be NULL. */
struct engine_answer {
        const ProtobufCMessage *body; /* NULL: refused */
        const Types__Refusal *refusal;
        uint64_t position;
        bool repeated_key;
};
int engine_call(struct engine *engine, const Wire__Passport *actor, const char *method, const ProtobufCMessage *request,
                const struct id *key, struct arena *arena, struct engine_answer *ret) ATTR_MUST_CHECK;
/* For tests: other bounds than LIMIT_QUERY_ROWS and LIMIT_QUERY_ROWS_MAX. */
void engine_bound_queries(struct engine *engine, uint32_t page, uint32_t most);
/* For tests: hands one foreign event over, as if it had come as `number` of `source`. */
int engine_feed(struct engine *engine, const char *source, uint64_t number,
                const ProtobufCMessage *event) ATTR_MUST_CHECK;

/* See verify.h; for tests, on an engine that stands still. `sources` may be empty where nothing is copied. */
struct verify_source;
struct verify_report;
int engine_verify(struct engine *engine, const struct verify_source *sources, size_t source_count,
                  struct verify_report *ret, struct err_info *info) ATTR_MUST_CHECK;

/* Counters, for /metrics and benches. Written by the writer, `refusals` by both sides, read by anybody. */
struct engine_figures {
        uint64_t commits;
        uint64_t commands;
        uint64_t refusals; /* of commands and queries, and of frames that are neither */
        uint64_t repeats;
        uint64_t events;
        uint64_t foreign_events;
        uint64_t disk_full;
        uint64_t left_out;       /* reactions that could not record what they would: see work_record() */
        uint32_t looked_at_last; /* rows, by the last query */
        uint32_t looked_at_most; /* by any query */
};
struct engine_figures engine_figures(const struct engine *engine);

/* What is said of things that are on their way to another partition. False. */
bool engine_refuse_held(struct refusal *ret);

#endif
