#include "services/ctl/backup/take.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/day.h"
#include "common/base/directory.h"
#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/store/blobs.h"
#include "common/store/key.h"
#include "common/store/runtime_tables.h"
#include "services/ctl/backup/erasures.h"
#include "services/ctl/backup/moment.h"
#include "services/ctl/backup/rows.h"

enum { PATH_SIZE = 4096 + 256, FILE_BYTES_MAX = 16 * 1024 * 1024, LOG_SLICE_CHUNKS = 32 };

struct taking {
        const struct take *take;
        struct arena *arena; /* the manifest's */
        struct manifest manifest;
        struct rows rows;
        uint64_t bytes; /* of rows, so far */
        struct world world;
        uint64_t give_up_us; /* when the snapshots of the moment are too old; 0: none is held */
        int *holds;          /* of the instances' documents: none is collected meanwhile */
        size_t hold_count;
};

static void end_taking(struct taking *taking)
{
        for (size_t i = 0; i < taking->hold_count; i++)
                blobs_let_go(&taking->holds[i]);
        rows_fini(&taking->rows);
}

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

/* Its chunks stay: what the same command does next is mostly done, and quicker. */
static int check_age(struct taking *taking, const char *what, struct err_info *info)
{
        if (taking->give_up_us == 0 || taking->world.monotonic_us(&taking->world) < taking->give_up_us)
                return 0;
        return err_set(
                info, ERR_TIMEOUT,
                "%s : lire ses tables dure trop (les pages libérées ne servent plus pendant ce temps). Relancez : ce "
                "qui est écrit sera repris ; ou sauvegardez sur un disque plus rapide.",
                what);
}

static void keep_file(struct taking *taking, const char *path, struct chunk_name name)
{
        struct manifest *manifest = &taking->manifest;
        manifest->files = pb_append(manifest->files, &manifest->file_count, sizeof(*manifest->files), taking->arena);
        struct kept_file *file = &manifest->files[manifest->file_count - 1];
        *file = (struct kept_file){.path = arena_text(taking->arena, path)};
        kept_chunks_add(&file->chunks, name, taking->arena);
}

/* --- rows ----------------------------------------------------------------------------------------------------------
 */

static int put_chunk(struct taking *taking, struct kept_chunks *chunks, const char *what, struct err_info *info)
{
        struct chunk_name name;
        int err = repository_put(taking->take->repository, rows_slice(&taking->rows), &name, info);
        if (err != 0)
                return err;
        kept_chunks_add(chunks, name, taking->arena);
        taking->bytes += taking->rows.size;
        rows_clear(&taking->rows);
        if (taking->take->progress != NULL)
                taking->take->progress(what, taking->bytes);
        return check_age(taking, what, info);
}

static int take_row(struct taking *taking, struct kept_table *table, const struct scan *scan, const char *what,
                    struct err_info *info)
{
        if (scan->value.size > CHUNK_PLAIN_MAX / 2)
                return err_set(info, ERR_TOO_LARGE, "%s, table %s : une ligne de %zu octets ne peut être sauvegardée.",
                               what, table->name, scan->value.size);
        table->rows++;
        return rows_add(&taking->rows, scan->key, scan->value) ? put_chunk(taking, &table->chunks, what, info) : 0;
}

static int finish_table(struct taking *taking, struct kept_table *table, const char *what, struct err_info *info)
{
        return taking->rows.size > 0 ? put_chunk(taking, &table->chunks, what, info) : 0;
}

static int take_table(struct taking *taking, struct moment_store *store, size_t t, struct kept_table *table,
                      struct err_info *info)
{
        const char *what = store->instance->name;
        struct scan scan = scan_prefix(store->txn, t, slice_of(NULL, 0));
        int err = 0;
        while (err == 0 && scan_next(&scan))
                err = take_row(taking, table, &scan, what, info);
        scan_end(&scan);
        if (err == 0 && txn_error(store->txn) != 0)
                err = err_set(info, txn_error(store->txn), "%s, table %s : lecture impossible.", what, table->name);
        return err != 0 ? err : finish_table(taking, table, what, info);
}

static bool is_log(const struct moment_store *store, size_t t)
{
        return store->has_log && t == RUNTIME_LOG;
}

/* --- documents -----------------------------------------------------------------------------------------------------
 * Before the snapshots their directories are held, so that what a snapshot names is there until it is read. A document
 * is a file of the manifest like any other, in one chunk; it never changes, so the next backup finds the chunk. */

static int hold_documents(struct taking *taking, struct err_info *info)
{
        const struct topology *topology = taking->take->topology;
        taking->holds = arena_zalloc(taking->arena, (topology->instance_count + 1) * sizeof(*taking->holds));
        int err = 0;
        for (size_t i = 0; err == 0 && i < topology->instance_count; i++) {
                char path[PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/blobs", topology->instances[i].store);
                err = blobs_hold(path, &taking->holds[taking->hold_count++], info);
        }
        return err;
}

static int take_document(struct taking *taking, const struct moment_store *store, struct blob_address address,
                         struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        char path[PATH_SIZE], below[BLOB_PATH_SIZE];
        struct err_info why = {0};
        struct slice bytes;
        struct chunk_name name;
        (void)snprintf(path, sizeof(path), "%s/blobs", store->directory);
        blob_path(address, below);
        int err = blob_load(path, address, &arena, &bytes, &why);
        if (err != 0)
                return err_set(info, err,
                               "%s : le document %s manque ou est abîmé (%s). Cherchez-le avec « guichetctl verify », "
                               "remettez son fichier d'une sauvegarde précédente, ou retirez-le.",
                               store->instance->name, below, why.text);
        err = repository_put(taking->take->repository, bytes, &name, info);
        if (err != 0)
                return err;
        keep_file(taking, arena_printf(taking->arena, "stores/%s/blobs/%s", store->instance->name, below), name);
        taking->bytes += bytes.size;
        if (taking->take->progress != NULL)
                taking->take->progress(store->instance->name, taking->bytes);
        return 0;
}

static int take_documents(struct taking *taking, const struct moment_store *store, const struct documents *documents,
                          struct err_info *info)
{
        int err = 0;
        for (size_t i = 0; err == 0 && i < documents->count; i++)
                err = take_document(taking, store, documents->addresses[i], info);
        return err;
}

static int take_tables(struct taking *taking, struct moment_store *store, struct kept_store *kept,
                       struct err_info *info)
{
        *kept = (struct kept_store){
                .instance = arena_text(taking->arena, store->instance->name),
                .below = arena_text(taking->arena, store->below),
                .has_log = store->has_log,
                .head = store->head,
                .tables = arena_zalloc(taking->arena, (store->table_count + 1) * sizeof(*kept->tables)),
                .table_count = store->table_count,
        };
        erasures_in(store, taking->arena, &kept->erased, &kept->erased_count);
        int err = 0;
        for (size_t t = 0; err == 0 && t < store->table_count; t++) {
                kept->tables[t].name = arena_text(taking->arena, store->tables[t].name);
                if (!is_log(store, t))
                        err = take_table(taking, store, t, &kept->tables[t], info);
        }
        moment_release(store);
        return err;
}

/* One snapshot's worth of the log, from *next on. */
static int take_log_slice(struct taking *taking, struct moment_store *store, struct kept_table *table, uint64_t *next,
                          struct err_info *info)
{
        struct key from = key_of_u64(*next);
        size_t chunks = table->chunks.count;
        int err = moment_renew(store, info);
        if (err != 0)
                return err;
        struct scan scan = scan_from(store->txn, RUNTIME_LOG, slice_of(NULL, 0), key_slice(&from));
        while (err == 0 && *next <= store->head.number && table->chunks.count < chunks + LOG_SLICE_CHUNKS &&
               scan_next(&scan)) {
                if (key_read_u64(scan.key, 0) != *next)
                        break;
                err = take_row(taking, table, &scan, store->instance->name, info);
                (*next)++;
        }
        scan_end(&scan);
        if (err == 0 && *next <= store->head.number && table->chunks.count < chunks + LOG_SLICE_CHUNKS)
                err = err_set(info, ERR_FORGED,
                              "%s : l'événement %llu manque dans son journal ; voir guichetctl verify.",
                              store->instance->name, (unsigned long long)*next);
        moment_release(store);
        return err;
}

static int take_log(struct taking *taking, struct moment_store *store, struct kept_store *kept, struct err_info *info)
{
        struct kept_table *table = &kept->tables[RUNTIME_LOG];
        int err = 0;
        for (uint64_t next = 1; err == 0 && next <= store->head.number;)
                err = take_log_slice(taking, store, table, &next, info);
        return err != 0 ? err : finish_table(taking, table, store->instance->name, info);
}

static int take_stores(struct taking *taking, struct moment *moment, struct err_info *info)
{
        struct manifest *manifest = &taking->manifest;
        manifest->stores = arena_zalloc(taking->arena, (moment->count + 1) * sizeof(*manifest->stores));
        manifest->store_count = moment->count;
        int err = 0;
        struct documents *documents = arena_zalloc(taking->arena, (moment->count + 1) * sizeof(*documents));
        for (size_t i = 0; err == 0 && i < moment->count; i++) {
                documents[i] = moment_documents(&moment->stores[i], taking->arena);
                err = take_tables(taking, &moment->stores[i], &manifest->stores[i], info);
        }
        taking->give_up_us = 0;
        for (size_t i = 0; err == 0 && i < moment->count; i++)
                err = take_documents(taking, &moment->stores[i], &documents[i], info);
        for (size_t i = 0; err == 0 && i < moment->count; i++)
                if (moment->stores[i].has_log)
                        err = take_log(taking, &moment->stores[i], &manifest->stores[i], info);
        return err;
}

/* --- files of the run directory ------------------------------------------------------------------------------------
 */

static int read_whole(const char *path, struct arena *arena, struct slice *ret, struct err_info *info)
{
        struct stat facts;
        scoped(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || fstat(fd, &facts) != 0)
                return err_set(info, -errno, "%s : illisible (%s).", path, strerror(errno));
        if (facts.st_size > FILE_BYTES_MAX)
                return err_set(info, ERR_TOO_LARGE, "%s : plus grand que ce qu'un tel fichier peut être.", path);
        uint8_t *bytes = arena_alloc(arena, (size_t)facts.st_size + 1);
        ssize_t got = read(fd, bytes, (size_t)facts.st_size);
        if (got != facts.st_size)
                return err_set(info, ERR_MALFORMED, "%s : a changé pendant la lecture ; relancez.", path);
        *ret = slice_of(bytes, (size_t)got);
        return 0;
}

static int take_file(struct taking *taking, const char *path, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        char whole[PATH_SIZE];
        struct slice bytes;
        struct chunk_name name;
        (void)snprintf(whole, sizeof(whole), "%s/%s", taking->take->topology->directory, path);
        int err = read_whole(whole, &arena, &bytes, info);
        if (err == 0)
                err = repository_put(taking->take->repository, bytes, &name, info);
        if (err != 0)
                return err;
        sodium_memzero((void *)(uintptr_t)bytes.data, bytes.size);
        keep_file(taking, path, name);
        return 0;
}

static int take_keys(struct taking *taking, struct err_info *info)
{
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/keys", taking->take->topology->directory);
        scoped(close_directory) DIR *directory = opendir(path);
        if (directory == NULL)
                return err_set(info, -errno, "%s : illisible (%s).", path, strerror(errno));
        for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
                struct stat facts;
                if (fstatat(dirfd(directory), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0 ||
                    !S_ISREG(facts.st_mode))
                        continue;
                (void)snprintf(path, sizeof(path), "keys/%s", entry->d_name);
                int err = take_file(taking, path, info);
                if (err != 0)
                        return err;
        }
        return 0;
}

/* What the network is, and what guichetctl remembers of the demo region. */
static int take_files(struct taking *taking, struct err_info *info)
{
        static const char *const names[] = {"topology.json", "demo.json", "tokens.json"};
        int err = take_keys(taking, info);
        for (size_t i = 0; err == 0 && i < ARRAY_SIZE(names); i++) {
                char path[PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/%s", taking->take->topology->directory, names[i]);
                if (i == 0 || access(path, F_OK) == 0)
                        err = take_file(taking, names[i], info);
        }
        return err;
}

/* --- all of it -----------------------------------------------------------------------------------------------------
 */

static const char *name_of_moment(int64_t at_ms, struct arena *arena)
{
        char text[INSTANT_TEXT_SIZE];
        instant_format(at_ms, text);
        for (char *at = text; *at != '\0'; at++)
                if (*at == ':') /* some disks of backups refuse it in a name */
                        *at = '-';
        return arena_text(arena, text);
}

static int begin(struct taking *taking, const struct moment *moment, struct err_info *info)
{
        char absolute[PATH_MAX];
        const char **names;
        size_t count;
        const struct topology *topology = taking->take->topology;
        if (realpath(topology->directory, absolute) == NULL)
                return err_set(info, -errno, "%s : illisible (%s).", topology->directory, strerror(errno));
        int err = repository_list(taking->take->repository, taking->arena, &names, &count, info);
        if (err != 0)
                return err;
        taking->manifest = (struct manifest){
                .name = name_of_moment(moment->at_ms, taking->arena),
                .previous = count > 0 ? names[count - 1] : "",
                .network = arena_text(taking->arena, topology->network),
                .directory = arena_text(taking->arena, absolute),
                .program = GUICHET_VERSION,
                .at_ms = moment->at_ms,
        };
        return 0;
}

int take_backup(const struct take *take, struct arena *arena, struct manifest *ret, struct err_info *info)
{
        scoped(moment_close) struct moment moment = {0};
        scoped(end_taking) struct taking taking = {.take = take, .arena = arena, .world = world_real()};
        uint64_t age_us = (uint64_t)(take->snapshot_ms_max != 0 ? take->snapshot_ms_max : LIMIT_SNAPSHOT_MS) * 1000;
        taking.give_up_us = taking.world.monotonic_us(&taking.world) + age_us;
        int err = hold_documents(&taking, info);
        if (err == 0)
                err = moment_open(take->topology, take->without, &moment, info);
        if (err == 0)
                err = begin(&taking, &moment, info);
        if (err == 0)
                err = take_stores(&taking, &moment, info);
        if (err == 0)
                err = take_files(&taking, info);
        if (err == 0)
                err = repository_settle(take->repository, take->settling, info);
        if (err == 0)
                err = repository_publish(take->repository, &taking.manifest, info);
        if (err == 0)
                *ret = taking.manifest;
        return err;
}
