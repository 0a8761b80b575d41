/* manifest.h: what one backup is: its moment, and which chunks hold which files and which tables of which stores. Kept
 * as JSON that anybody may read (names of chunks, numbers, hashes; nothing of a person), with a keyed hash behind it:
 * one that was changed, or is of another network, is not taken. Everything lives in the arena it was made in. */
#ifndef SERVICES_CTL_BACKUP_MANIFEST_H
#define SERVICES_CTL_BACKUP_MANIFEST_H

#include "common/store/eventlog.h"
#include "services/ctl/backup/chunk.h"

struct kept_chunks {
        struct chunk_name *names;
        size_t count;
};

struct kept_file {
        const char *path; /* below the run directory: "keys/ctl.key" */
        struct kept_chunks chunks;
};

struct kept_table {
        const char *name;
        uint64_t rows;
        struct kept_chunks chunks;
};

struct kept_store {
        const char *instance; /* "tracking-1" */
        const char *below;    /* "" or, of a store inside the instance's, its directory: "keys" */
        bool has_log;
        struct log_head head; /* where `has_log` */
        struct kept_table *tables;
        size_t table_count;
        struct id *erased; /* persons: who comes back with an older backup is erased again (erasures.h) */
        size_t erased_count;
};

struct manifest {
        const char *name;     /* "2026-11-28T08-14-03.123Z": of the moment, and of its file */
        const char *previous; /* the backup before it; "" */
        const char *network;
        const char *directory; /* absolute, where the network lived */
        const char *program;   /* version of guichetctl */
        int64_t at_ms;         /* the moment */
        struct kept_file *files;
        size_t file_count;
        struct kept_store *stores;
        size_t store_count;
};

struct slice manifest_encode(const struct manifest *manifest, const struct recovery *recovery, struct arena *arena);
/* 0, or ERR_FORGED: changed, cut, or of another network's backups. */
int manifest_decode(struct slice text, const struct recovery *recovery, struct arena *arena,
                    struct manifest *ret) ATTR_MUST_CHECK;

void kept_chunks_add(struct kept_chunks *chunks, struct chunk_name name, struct arena *arena);
/* Every chunk, with repetitions. */
void manifest_each_chunk(const struct manifest *manifest, void (*see)(struct chunk_name name, void *argument),
                         void *argument);

#endif
