/* eventlog.h: the daemon's history, and its outbox. Key = number (1, 2, 3…), value = a wire.EventRecord and, behind it,
 * the sealed part that never leaves the store: u32 size of the record, the record, the sealed bytes.
 * Each record carries the BLAKE2b-256 of the record before; `sealed_hash` ties the sealed part in. Appended in the
 * transaction of the command that made it.
 *
 * Records are never changed. The sealed part of one can be forgotten (somebody is erased): a mark stands in its place,
 * and the chain of records holds as before. */
#ifndef COMMON_STORE_EVENTLOG_H
#define COMMON_STORE_EVENTLOG_H

#include "common/base/id.h"
#include "common/store/store.h"
#include "envelope.pb-c.h"

enum { EVENT_HASH_SIZE = 32 };

/* The end of the log, read once a transaction, written back once before the commit. */
struct log_head {
        uint64_t number;
        uint8_t hash[EVENT_HASH_SIZE]; /* of record `number`; zeros for 0 */
};

struct log_append {
        int64_t at_ms;
        struct id cause;
        const char *user;
        struct id account; /* zero: a reaction */
        struct slice body;
        struct slice sealed;       /* may be empty */
        uint32_t origin_partition; /* relayed: where it was recorded first, as which number; 0: it is its own */
        uint64_t origin_number;
        const char *after_instance; /* who follows this instance takes in its events up to the number first; NULL */
        uint64_t after_number;
};

struct log_head log_read_head(struct txn *txn);
void log_write_head(struct txn *txn, const struct log_head *head);
void log_append(struct txn *txn, struct log_head *head, const struct log_append *entry, struct arena *arena);

/* One entry; pointers die with the transaction. False where there is none, or its framing is broken. */
struct log_entry {
        uint64_t number;
        struct slice record; /* serialised wire.EventRecord */
        struct slice sealed; /* empty where it was forgotten */
        bool is_forgotten;
};
bool log_get(struct txn *txn, uint64_t number, struct log_entry *ret);

/* The sealed part of that entry is there no more. An entry that has none, and one that is not there, stay as they are.
 */
void log_forget_sealed(struct txn *txn, uint64_t number, struct arena *arena);
/* Something was forgotten, and its bytes may still lie in freed pages: the store is to be shed (shed.h), and then says
 * so no more. */
bool log_wants_shed(struct txn *txn);
void log_was_shed(struct txn *txn);

/* Entries in order, from `number` on: see scan in store.h. */
struct log_walk {
        struct scan scan;
        uint8_t from[8];
};
void log_walk_begin(struct txn *txn, uint64_t from_number, struct log_walk *ret);
bool log_walk_next(struct log_walk *walk, struct log_entry *ret);
void log_walk_end(struct log_walk *walk);

/* Serialised wire.EventBatch with the records after *position, at least one if there is one, up to bytes_max.
 * *position moves to the last of them. Where there is none, the head's hash is told instead. */
struct slice log_batch(struct txn *txn, uint64_t *position, uint32_t bytes_max, struct arena *arena);

/* Recomputes the whole chain, as it stands in one snapshot. 0, or ERR_FORGED with the number at which it breaks. */
int log_verify_chain(struct txn *txn, uint64_t *ret_count, struct err_info *info) ATTR_MUST_CHECK;
/* The same of a log that is written to meanwhile, up to where it ended at first: what is read is never changed, so each
 * slice of it has a snapshot of its own, and none keeps the writer from using its freed pages again. */
int log_verify_store(struct store *store, uint64_t *ret_count, struct err_info *info) ATTR_MUST_CHECK;
void log_hash(struct slice record, uint8_t ret_hash[EVENT_HASH_SIZE]);

#endif
