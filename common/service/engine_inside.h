/* engine_inside.h: what engine.c and its neighbours share, lowest first: item.c, work.c, reply.c, again.c, follow.c and
 * methods.c, engine.c, accept.c. Not for services. */
#ifndef COMMON_SERVICE_ENGINE_INSIDE_H
#define COMMON_SERVICE_ENGINE_INSIDE_H

#include <stdatomic.h>

#include "common/codec/access.h"
#include "common/service/engine.h"
#include "common/store/blobs.h"
#include "common/store/eventlog.h"

/* A dispatch row with what its service block and the table of rights say of it. */
struct method {
        const char *name; /* "tracking.SubmitHours" */
        const struct dispatch_row *row;
        const ProtobufCMessageDescriptor *input;
        const ProtobufCMessageDescriptor *output;
        struct rights rights;
        const struct access_message *gives, *shows; /* who gives what in its request, reads what in its answer */
        const ProtobufCFieldDescriptor *seen;       /* NULL: who asks need not have read anything */
};

enum { METHODS_MAX = 256, FOLLOWED_MAX = 64 };

/* An instance whose events are taken in. */
struct followed {
        const char *source;
        const struct subscription *subscription;
};

/* Whose keys go once the batch is committed; those of before are of batches that are. */
struct erasures {
        struct id *ids;
        size_t count, committed;
};
void erasures_add(struct erasures *erasures, struct id id);
void erasures_remove(struct erasures *erasures, struct id id);

struct engine {
        const struct service_spec *spec;
        struct engine_options options;
        struct table_spec tables[SPEC_TABLES_MAX];
        struct store *store;
        struct vault *vault;              /* NULL: a service that seals nothing */
        struct blobs *blobs;              /* NULL: one that keeps no documents */
        struct passport_cache *passports; /* loop side */
        struct method methods[METHODS_MAX];
        size_t method_count;
        struct arena names;
        struct followed followed[FOLLOWED_MAX];
        size_t followed_count;
        atomic_bool filling; /* some copies are behind what was taken in: they are filled again */
        void *context;
        uint32_t query_rows, query_rows_max; /* loop side: what a query may look at */
        struct item *spare;                  /* loop side: items to use again */
        size_t spare_count;
        /* writer side, for the batch that runs */
        struct log_head head;
        bool wrote;
        bool again;     /* something of this run must not remain: it is undone and run again without that */
        uint64_t sound; /* the last event of this run before what must not remain */
        unsigned runs;  /* of this batch */
        struct erasures erasures;
        bool filled; /* the last of `filling` is in this batch */
        int64_t pruned_at_ms;
        int64_t prune_from_ms; /* when the oldest key was drawn, as this process first looked; 0: it did not yet */
        uint64_t prune_since_us;
        struct {
                atomic_uint_fast64_t commits, commands, refusals, repeats, events, foreign_events, disk_full, left_out;
                uint32_t looked_at_last, looked_at_most; /* loop side */
        } figures;
};

struct work work_of_item(struct engine *engine, struct txn *txn, struct item *item, int64_t now_ms); /* work.c */

void work_record_event(struct work *work, const void *event, struct slice sealed); /* the whole Event */

/* reply.c */
struct slice reply_frame(struct asked asked, const struct reply *reply, uint64_t position, struct arena *arena);
struct slice refusal_frame(struct asked asked, const struct refusal *refusal, struct arena *arena);
/* The reply itself, or, where it is over LIMIT_REPLY_BYTES, a refusal that says so. */
struct slice bounded_frame(struct asked asked, struct slice reply, struct arena *arena);

/* again.c. Whether a command with this key was done, or the key served for another: item->reply is filled in then. */
bool engine_answer_again(struct engine *engine, struct txn *txn, struct item *item);
void engine_keep_reply(struct engine *engine, struct txn *txn, struct item *item, const ProtobufCMessage *body);

/* follow.c */
void engine_run_events(struct engine *engine, struct txn *txn, struct item *item, int64_t now_ms);
void engine_look_whether_filled(struct engine *engine, struct txn *txn); /* before the commit */
bool engine_refuse_while_filling(struct engine *engine, struct refusal *refusal);

/* methods.c: what the daemon's dispatch, its service block and its table of rights say of each method. */
/* The daemon's is_here(): see spec.h. */
bool engine_has(const struct work *work, const ProtobufCMessage *request, struct refusal *ret_refusal);
int engine_find_methods(struct engine *engine, struct err_info *info);
/* What the one who acts may read of an answer (common/codec/access.h). */
const ProtobufCMessage *engine_shown(const struct method *method, const ProtobufCMessage *body,
                                     const Wire__Passport *actor, struct arena *arena);
const struct method *engine_method(const struct engine *engine, const char *name);

#endif
