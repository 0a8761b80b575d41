/* moment.h: all stores of this machine at one consistent moment, while their daemons run: of each a snapshot, such that
 * nobody has taken in an event that its source's snapshot does not have.
 *
 * Snapshots are opened within microseconds of each other, followers before what they follow; then every position is
 * looked at, and where one lies beyond its source (contracts and tracking follow each other, so no order rules it out)
 * all are taken again. Key stores come after the stores that they belong to: a key is durable before what it seals.
 * What is a key store is told by the disk: an environment inside a store's directory. */
#ifndef SERVICES_CTL_BACKUP_MOMENT_H
#define SERVICES_CTL_BACKUP_MOMENT_H

#include "common/service/topology.h"
#include "common/store/blob_names.h"
#include "common/store/eventlog.h"

struct moment_store {
        const struct instance *instance;
        const char *below;     /* "" or the directory inside the instance's store: "keys" */
        const char *directory; /* of the environment */
        struct store *store;
        struct txn *txn; /* NULL: no snapshot is open */
        struct table_spec *tables;
        size_t table_count;
        bool has_log; /* then the first tables are the runtime's */
        struct log_head head;
};

struct moment {
        struct moment_store *stores; /* main stores first */
        size_t count;
        int64_t at_ms;
        struct arena arena;
};

/* `without`: names with commas of instances whose stores are elsewhere; may be NULL. A store that is missing is a
 * failure: what is not backed up must be said. */
int moment_open(const struct topology *topology, const char *without, struct moment *ret,
                struct err_info *info) ATTR_MUST_CHECK;
void moment_close(struct moment *moment); /* accepts a zeroed one */

/* The same of stores that the caller has filled in (instance, below, directory): for what was put back. */
int moment_take(struct moment *moment, struct err_info *info) ATTR_MUST_CHECK;

/* Ends a store's snapshot (pages that are freed from here on can be used again), takes a new one. */
void moment_release(struct moment_store *store);
int moment_renew(struct moment_store *store, struct err_info *info) ATTR_MUST_CHECK;

/* The blobs that a snapshot names (common/store/blob_names.h), each once, in the arena; none where there is no such
 * table. Their files: in "blobs" below the store's directory. */
struct documents {
        struct blob_address *addresses;
        size_t count;
};
struct documents moment_documents(const struct moment_store *store, struct arena *arena);

/* Opens one environment with all the tables that it has. The caller has filled in `directory`. */
int moment_store_open(struct moment_store *store, struct arena *arena, struct err_info *info) ATTR_MUST_CHECK;

#endif
