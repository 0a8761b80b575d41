/* work.h: what a handler, a reaction or an apply function sees of the runtime. This is the header that services
 * include.
 *
 * A command's handler: load rows, decide (pure rules), and either work_record() what happened and reply_ok(), or
 * reply_refuse(). A refusal after a record is a bug. A query's handler reads and replies; recording there is a bug.
 * The handler never changes a row: apply() does, from the event, now and at every replay. */
#ifndef COMMON_SERVICE_WORK_H
#define COMMON_SERVICE_WORK_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/codec/passport.h"
#include "common/codec/pb.h"
#include "common/codec/refusal.h"
#include "common/codec/types.h"
#include "common/service/event.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"

struct engine;

struct work {
        struct engine *engine;
        struct txn *txn;
        struct arena *arena;         /* all that is allocated here lives until the reply has left */
        const Wire__Passport *actor; /* NULL in reactions */
        int64_t now_ms;              /* UTC; the same for the whole batch */
        struct day today;            /* on the wall of who acts: work_today() */
        struct id cause;             /* the command, or the id derived from the foreign event */
        void *context;               /* what the service's start() made: its rules, its keys */
        bool read_only;
        uint32_t recorded;    /* events so far in this work */
        const uint64_t *seen; /* what a command says that its author has read (versions.h); NULL: it does not say */
        uint64_t began;       /* the log's last number before it */
        const struct refusal *stale; /* an event would overwrite what was changed since, by event number `stale_by` */
        uint64_t stale_by;
        bool kept_out;  /* one of them is about what is on its way to another partition: nothing of it will remain */
        bool too_large; /* one of them is over LIMIT_EVENT_BYTES: nothing of this work will remain */
};

struct reply {
        const ProtobufCMessage *body; /* NULL: refused */
        const Types__Refusal *refusal;
        bool also_elsewhere; /* the runtime's: other partitions have lines of this list too */
};

struct reply reply_ok(struct work *work, const void *message);
struct reply reply_refuse(struct work *work, Types__RefusalCode code, const char *field, const char *format, ...)
        ATTR_FORMAT(4, 5);
struct reply reply_refusal(struct work *work, const struct refusal *refusal);

/* An event: appended to the log and applied, in this transaction. `body` is one of the kinds that the service's Event
 * holds. One over LIMIT_EVENT_BYTES is never kept: whatever the handler replies, the command is answered TOO_LARGE, and
 * a reaction has had no effect (it is logged); others in the same batch are not harmed. The same of an event that
 * changes a thing which was changed after what the command says that its author has seen: WRONG_STATE (versions.h).
 * `sealed` (may be empty) goes to the part of the entry that is never published. */
void work_record(struct work *work, const ProtobufCMessage *body);
void work_record_sealed(struct work *work, const ProtobufCMessage *body, struct slice sealed);

/* Sealing with the key of a person or contact (store/vault.h), in services whose spec says `seals`. `content` is a
 * message, and what is unsealed one of the same type: one type for all that a service seals, so that one thing cannot
 * pass for another. Errors: those of vault_seal() and vault_unseal(). Only commands make keys and seal. */
void work_make_key(struct work *work, struct id id);
void work_destroy_key(struct work *work, struct id id); /* what it sealed opens no more */
/* Erasing somebody, behind the event that says so: the sealed part of that event's past is forgotten in the same
 * transaction, and her key goes after its commit, before the reply; where a crash comes between, as the daemon starts
 * again (spec.h: each_erased). */
void work_forget_sealed(struct work *work, uint64_t number);
void work_erase_key(struct work *work, struct id id);
/* A key that another partition made and gives with what it sealed, VAULT_KEY_SIZE bytes; durable before the commit. */
void work_take_key(struct work *work, struct id id, const uint8_t *key);
/* An event that another partition recorded, with the part that never leaves a store: `record` is its EventRecord. It
 * gets a number here, and is applied. False: it cannot be read. */
bool work_relay(struct work *work, uint32_t partition, struct slice record, struct slice sealed);
/* As work_record(), for what ends such a series: who follows `instance` has its events up to `number` first. */
void work_record_after(struct work *work, const ProtobufCMessage *body, const char *instance, uint64_t number);
int work_seal(struct work *work, struct id id, const void *content, struct slice *ret_sealed) ATTR_MUST_CHECK;
/* NULL with *ret_err. */
void *work_unseal(const struct work *work, struct id id, struct slice sealed, const ProtobufCMessageDescriptor *type,
                  int *ret_err) ATTR_MUST_CHECK;

/* The day where somebody acts, or where nobody does (a reaction), at an instant: that of the actor's first territory,
 * else of the network's. What "not in the future" means, and when a period is over: in Nouméa it is tomorrow when UTC
 * still has today, in Fort-de-France it is yesterday. */
struct day work_today(const struct engine *engine, const Wire__Passport *actor, int64_t now_ms);
struct id work_new_id(struct work *work); /* UUIDv7 with this daemon's partition */
/* The rest of this work is done as on that day: an act that is told later than it happened. NULL: as today. */
void work_as_of(struct work *work, const Types__Day *day);
uint32_t work_partition(const struct work *work);
const char *work_instance(const struct work *work); /* this daemon's name in the topology */
/* Whether a gateway states who acts: it has seen a key of hers. False: a tool, which states whom it likes. */
bool work_is_from_gateway(const struct work *work);
struct world *work_world(struct work *work);

#endif
