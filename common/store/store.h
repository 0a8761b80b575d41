/* store.h: one daemon's LMDB environment. The only room that includes <lmdb.h>.
 *
 * Tables are declared by the service and named by their index. Three kinds:
 *   TABLE_STATE    rows that apply() makes from the daemon's own events; replaying the log gives the same bytes
 *   TABLE_COPY     rows that copy functions make from ANOTHER daemon's events; replaying its log gives the same bytes
 *   TABLE_RUNTIME  the runtime's own: log, deduplication, positions, meta
 * Writing a table of the wrong kind is a bug and aborts.
 *
 * Transactions are sticky: after an operating failure every call is a no-op that finds nothing, and txn_commit() says
 * what happened. So handlers read as straight lines, without a check a row.
 *
 * Threads: one writer at a time, any number of readers. Pointers out of a transaction die with it; a put may move what
 * an earlier get of the same write transaction returned: copy what must outlive a put. */
#ifndef COMMON_STORE_STORE_H
#define COMMON_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/slice.h"
#include "common/base/world.h"
#include <protobuf-c/protobuf-c.h>

enum table_kind { TABLE_STATE, TABLE_COPY, TABLE_RUNTIME };

struct table_spec {
        const char *name;
        enum table_kind kind;
};

struct txn;
struct store;

struct store_spec {
        const char *service; /* NULL: any store, to be read only (another daemon's log, in verify) */
        uint32_t version;    /* of the tables' meaning; only a store of this version is opened */
        uint32_t partition;
        const struct table_spec *tables; /* borrowed for the store's life */
        size_t table_count;
        uint64_t map_bytes_max;
        uint64_t map_bytes_first; /* 0: small, and grown when full */
        bool must_exist;          /* it was made before: where it is missing or empty, it was lost */
        bool just_made;           /* by this process, whole: its file is not looked at first (file_check.h) */
        bool unsafe; /* no fdatasync: for what can be thrown away and made again (verify's scratch store) */
};

/* Opens or makes `directory`, for one process at a time. ERR_STORE_NEWER; ERR_STORE_OLDER (service/migrate.h makes it
 * one of today); ERR_CONFIG (another service's or partition's store, one that another process has, one that others may
 * write); ERR_STORE (damaged, or lost)… */
int store_open(const struct store_spec *spec, const char *directory, struct world *world, struct store **ret,
               struct err_info *info) ATTR_MUST_CHECK;
/* Opens to look only (verify, backup); fails if it is not there or would need a migration. For any service's store (see
 * above), a table that it does not have yet is as if it were empty. */
int store_open_readonly(const struct store_spec *spec, const char *directory, struct store **ret,
                        struct err_info *info) ATTR_MUST_CHECK;
/* The names of all tables that the store holds, whoever made them, the runtime's first, in their order (so that the log
 * can be read). In the arena. */
int store_table_names(struct store *store, struct arena *arena, const char ***ret_names, size_t *ret_count,
                      struct err_info *info) ATTR_MUST_CHECK;
void store_close(struct store *store); /* accepts NULL */
struct world *store_world(struct store *store);

/* ERR_MAP_FULL asks for this: frees what dead readers held, or else doubles the map; then run the transaction again.
 * No transaction may be open in this thread. ERR_MAP_FULL at the limit. */
int store_grow(struct store *store, struct err_info *info) ATTR_MUST_CHECK;
int store_sync(struct store *store, struct err_info *info) ATTR_MUST_CHECK; /* makes an unsafe one durable */
/* Another store of the same rows and no free page, in an empty directory; not yet on the disk. */
int store_copy(struct store *store, const char *directory, struct err_info *info) ATTR_MUST_CHECK;

/* For /metrics. A reader that lags keeps every page freed since from being used again: the file grows meanwhile. */
struct store_room {
        uint64_t used_bytes; /* of the file, free pages in it included */
        uint64_t free_bytes; /* pages that hold nothing: used again before the file grows */
        uint64_t map_bytes;
        uint64_t reader_lag; /* how many commits ago the oldest open snapshot was taken, by whatever process */
};
void store_room(struct store *store, struct store_room *ret);

struct txn *txn_begin_write(struct store *store, struct err_info *info) ATTR_MUST_CHECK; /* NULL on failure */
/* A snapshot. The loop thread keeps one and renews it: begin_read/end_read on the same thread cost no system call. */
struct txn *txn_begin_read(struct store *store, struct err_info *info) ATTR_MUST_CHECK;
void txn_end_read(struct txn *txn);
void txn_abort(struct txn *txn);
/* Ends the transaction whatever happens. 0, ERR_MAP_FULL, ERR_DISK_FULL (nothing was written, go on), or another. */
int txn_commit(struct txn *txn, struct err_info *info) ATTR_MUST_CHECK;
int txn_error(const struct txn *txn); /* 0 while all went well */

bool txn_get(struct txn *txn, size_t table, struct slice key, struct slice *ret_value);
void txn_put(struct txn *txn, size_t table, struct slice key, struct slice value);
/* The same for a row behind all others of its table: pages get full. A key that is not behind them is a failure. */
void txn_append(struct txn *txn, size_t table, struct slice key, struct slice value);
/* Room of `size` bytes in the table itself, to be filled before the next call on this transaction. NULL on failure. */
uint8_t *txn_reserve(struct txn *txn, size_t table, struct slice key, size_t size);
void txn_delete(struct txn *txn, size_t table, struct slice key); /* a missing key is no failure */
uint64_t txn_count(struct txn *txn, size_t table);
/* Told of each row before it is written or deleted, until the next txn_watch() or the end; NULL: nobody is. */
void txn_watch(struct txn *txn, void (*see)(void *argument, size_t table, struct slice key), void *argument);

/* What a query may cost. Every row that is found or walked to counts as looked at, and once more for every
 * LIMIT_ROW_BYTES of it. A page of a list ends when `page` are spent; when `most` are, no walk goes on: txn_overspent()
 * then says that what was read is not all. From txn_look() on; without it, and in a write, there is no bound. */
void txn_look(struct txn *txn, uint32_t page, uint32_t most);
uint32_t txn_looked_at(struct txn *txn);
bool txn_page_is_spent(struct txn *txn);
uint32_t txn_rows_left(struct txn *txn); /* until no walk goes on */
/* From here on rows are short and read as they lie, without decoding: four count as one, and once more for every
 * quarter of LIMIT_ROW_BYTES. */
void txn_look_short(struct txn *txn, bool are_short);
bool txn_overspent(struct txn *txn);

/* Rows as messages: decoded into, encoded in, the arena. NULL: no such row. */
void *txn_get_message(struct txn *txn, size_t table, struct slice key, const ProtobufCMessageDescriptor *type,
                      struct arena *arena);
void txn_put_message(struct txn *txn, size_t table, struct slice key, const void *message, struct arena *arena);

/* Walks rows in key order. `prefix` (borrowed, may be empty) bounds the walk; `from` (may be empty) is where it starts.
 *     struct scan scan = scan_prefix(txn, TABLE, prefix);
 *     while (scan_next(&scan)) use(scan.key, scan.value);
 *     scan_end(&scan);
 * Rows of the same table must not be written while it is walked. */
struct scan {
        struct txn *txn;
        struct slice prefix;
        struct slice key;
        struct slice value;
        struct slice from;
        void *cursor; /* MDB_cursor; NULL: nothing (more) to walk */
        bool started;
        bool backwards;
};
struct scan scan_prefix(struct txn *txn, size_t table, struct slice prefix);
struct scan scan_from(struct txn *txn, size_t table, struct slice prefix, struct slice from); /* first key >= from */
/* Newest first: the last key of the prefix that is < `before` (empty: the very last), then down. */
struct scan scan_backwards(struct txn *txn, size_t table, struct slice prefix, struct slice before);
bool scan_next(struct scan *scan);
void scan_end(struct scan *scan);

/* Tells a bug in one line: the table must be of this kind for the code that is running (see txn_allow()). */
void txn_allow(struct txn *txn, enum table_kind kind); /* which kind may be written from here on */
void txn_clear_table(struct txn *txn, size_t table);

/* What stands in another store's meta table, but who wrote it: for a store that is made from it. */
void txn_take_meta(struct txn *txn, struct txn *from);

#endif
