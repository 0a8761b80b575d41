#include "common/store/store.h"

#include <errno.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "common/base/directory.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/store/file_check.h"
#include "common/store/key.h"
#include "common/store/lock.h"
#include "common/store/look.h"
#include "common/store/runtime_tables.h"
#include "common/store/store_inside.h"
#include "common/store/stored.h"

enum {
        READERS_MAX = 32,
        READERS_CHECK_US = 60 * 1000 * 1000,
        MAP_BYTES_FIRST = 16 * 1024 * 1024, /* address space and a sparse file: small stores stay small */
        NO_TABLE = 0,                       /* LMDB's own, of free pages: never one of ours */
};

/* Who wrote this store, in a table of its own, so that it can be refused before any other is touched. */
static const char META_TABLE[] = "meta";
static const char META_IDENTITY[] = "identity";

/* The border: LMDB's codes become ours here and nowhere else. */
static int err_of_lmdb(int code)
{
        switch (code) {
        case MDB_SUCCESS: return 0;
        case MDB_NOTFOUND: return ERR_NOT_FOUND;
        case MDB_MAP_FULL: return ERR_MAP_FULL;
        case ENOSPC:
        case EDQUOT: return ERR_DISK_FULL;
        case ENOMEM: return ERR_NO_MEMORY;
        default: return ERR_STORE;
        }
}

/* LMDB tells EIO where a disk that fills up takes a part of a write. Nothing of the transaction counts then: the page
 * that names its root is written last. A meta page that fails is fatal to the environment by itself. */
static bool is_disk_full(const struct store *store)
{
        enum { WRITE_BYTES_MAX = 1 << 20 };
        struct statvfs room;
        mdb_filehandle_t file;
        return mdb_env_get_fd(store->env, &file) == 0 && fstatvfs(file, &room) == 0 &&
               room.f_bavail * room.f_frsize < WRITE_BYTES_MAX;
}

static int fail(struct txn *txn, int code, const char *what)
{
        if (code == EIO && txn->write && is_disk_full(txn->store))
                code = ENOSPC;
        if (txn->err == 0) {
                txn->err = err_of_lmdb(code);
                (void)snprintf(txn->text, sizeof(txn->text), "%s: %s", what, mdb_strerror(code));
        }
        return txn->err;
}

/* --- opening --------------------------------------------------------------------------------------------------- */

static int lmdb_failed(struct err_info *info, int code, const char *what, const char *directory)
{
        return err_set(info, err_of_lmdb(code), "store %s: %s: %s", directory, what, mdb_strerror(code));
}

static int hold_directory(struct store *store, const char *directory, struct err_info *info)
{
        struct stat facts;
        if (stat(directory, &facts) == 0 && (facts.st_mode & (S_IWGRP | S_IWOTH)) != 0)
                return err_set(info, ERR_CONFIG, "store %s: others may write in it; `chmod 700` it, and verify it",
                               directory);
        return store_lock(directory, &store->held, info);
}

static int check_files(const struct store_spec *spec, const char *directory, struct err_info *info)
{
        bool exists = false;
        if (spec->just_made)
                return 0;
        int err = file_check(directory, &exists, info);
        if (err == 0 && spec->must_exist && !exists)
                err = err_set(info, ERR_STORE,
                              "store %s is lost: it was made before and is not there. Put it back from a backup "
                              "(guichetctl restore --help)",
                              directory);
        return err;
}

static int open_environment(struct store *store, const char *directory, unsigned flags, struct err_info *info)
{
        int code = mdb_env_create(&store->env);
        if (code == 0)
                code = mdb_env_set_maxdbs(store->env, TABLES_MAX + 1);
        if (code == 0)
                code = mdb_env_set_maxreaders(store->env, READERS_MAX);
        if (code == 0)
                code = mdb_env_set_mapsize(store->env, store->map_bytes);
        /* NORDAHEAD: random access; NOTLS: a snapshot belongs to the store, not to the thread that took it. */
        if (code == 0)
                code = mdb_env_open(store->env, directory, MDB_NORDAHEAD | MDB_NOTLS | flags, 0600);
        if (code != 0)
                return lmdb_failed(info, code, "open", directory);
        (void)mdb_reader_check(store->env, NULL); /* who was killed while it looked has kept its slot */
        MDB_envinfo stored;
        (void)mdb_env_info(store->env, &stored);
        store->map_bytes = stored.me_mapsize;
        return 0;
}

/* Who only looks may meet an older store, where a table is not there yet: it is as if it were empty. */
static int open_tables(struct store *store, const struct store_spec *spec, unsigned flags, MDB_txn *handle)
{
        int code = mdb_dbi_open(handle, META_TABLE, flags, &store->meta);
        for (size_t i = 0; code == 0 && i < spec->table_count; i++) {
                code = mdb_dbi_open(handle, spec->tables[i].name, flags, &store->dbis[i]);
                if (code == MDB_NOTFOUND && (flags & MDB_CREATE) == 0) {
                        store->dbis[i] = NO_TABLE;
                        code = 0;
                }
        }
        return code;
}

/* "tracking/2 version 3": readable in a dump, compared field by field. */
static int check_identity(struct txn *txn, const struct store_spec *spec, uint32_t *ret_version, struct err_info *info)
{
        MDB_val key = {sizeof(META_IDENTITY) - 1, (void *)(uintptr_t)META_IDENTITY};
        MDB_val value;
        *ret_version = spec->version;
        if (spec->service == NULL)
                return 0;
        int code = mdb_get(txn->handle, txn->store->meta, &key, &value);
        if (code == MDB_NOTFOUND && spec->must_exist)
                return err_set(info, ERR_STORE,
                               "the store of %s is empty: it was made before. Put it back from a backup (guichetctl "
                               "restore --help)",
                               spec->service);
        if (code == MDB_NOTFOUND) {
                *ret_version = 0;
                return 0;
        }
        if (code != 0)
                return lmdb_failed(info, code, "read identity", spec->service);

        char text[128];
        char service[64];
        unsigned partition, version;
        (void)snprintf(text, sizeof(text), "%.*s", (int)value.mv_size, (const char *)value.mv_data);
        if (sscanf(text, "%63[^/]/%u version %u", service, &partition, &version) != 3)
                return err_set(info, ERR_STORE, "store of %s: its identity \"%s\" cannot be read", spec->service, text);
        if (strcmp(service, spec->service) != 0 || partition != spec->partition)
                return err_set(
                        info, ERR_CONFIG,
                        "this store belongs to %s, partition %u; %s, partition %u cannot use it: two lines of the "
                        "topology, or two directories, have been exchanged; put each back in its place",
                        service, partition, spec->service, spec->partition);
        if (version > spec->version)
                return err_set(info, ERR_STORE_NEWER,
                               "this store was written by a newer %s (store version %u, this program knows %u): "
                               "start the newer program, or restore a backup of that time",
                               spec->service, version, spec->version);
        *ret_version = version;
        return 0;
}

static void write_identity(struct txn *txn, const struct store_spec *spec)
{
        char text[128];
        int size = snprintf(text, sizeof(text), "%s/%u version %u", spec->service, spec->partition, spec->version);
        MDB_val key = {sizeof(META_IDENTITY) - 1, (void *)(uintptr_t)META_IDENTITY};
        MDB_val value = {(size_t)size, text};
        int code = mdb_put(txn->handle, txn->store->meta, &key, &value, 0);
        if (code != 0)
                (void)fail(txn, code, "write identity");
}

static int prepare_once(struct store *store, const struct store_spec *spec, struct err_info *info)
{
        struct txn *txn = txn_begin_write(store, info);
        if (txn == NULL)
                return info != NULL ? info->code : ERR_STORE;

        uint32_t version = 0;
        int code = open_tables(store, spec, MDB_CREATE, txn->handle);
        int err = code != 0 ? lmdb_failed(info, code, "open tables", spec->service)
                            : check_identity(txn, spec, &version, info);
        if (err == 0 && version != 0 && version != spec->version)
                err = err_set(info, ERR_STORE_OLDER,
                              "this store was written by an older %s (store version %u, this "
                              "program makes %u)",
                              spec->service, version, spec->version);
        if (err != 0) {
                txn_abort(txn);
                return err;
        }
        if (version != spec->version) /* a new one; or one that is filled row by row, its own identity among them */
                write_identity(txn, spec);
        return txn_commit(txn, info);
}

/* A map is as large as its file when it is opened: the first new page may already ask for a larger one. */
static int prepare(struct store *store, const struct store_spec *spec, struct err_info *info)
{
        int err;
        do {
                err = prepare_once(store, spec, info);
        } while (err == ERR_MAP_FULL && store_grow(store, info) == 0);
        return err;
}

static struct store *store_new(const struct store_spec *spec, struct world *world)
{
        require(spec->table_count <= TABLES_MAX);
        struct store *store = calloc(1, sizeof(*store));
        require(store != NULL);
        store->held = -1;
        store->world = world;
        store->tables = spec->tables;
        store->table_count = spec->table_count;
        store->map_bytes_max = spec->map_bytes_max;
        store->map_bytes = spec->map_bytes_first != 0 ? spec->map_bytes_first : MAP_BYTES_FIRST;
        if (store->map_bytes > spec->map_bytes_max)
                store->map_bytes = spec->map_bytes_max;
        store->writer.store = store->reader.store = store;
        require(pthread_rwlock_init(&store->growing, NULL) == 0);
        return store;
}

int store_open(const struct store_spec *spec, const char *directory, struct world *world, struct store **ret,
               struct err_info *info)
{
        int err = directory_make(directory, info);
        if (err != 0)
                return err;
        struct store *store = store_new(spec, world);
        err = hold_directory(store, directory, info);
        if (err == 0)
                err = check_files(spec, directory, info);
        if (err == 0)
                err = open_environment(store, directory, spec->unsafe ? MDB_NOSYNC : 0, info);
        if (err == 0)
                err = prepare(store, spec, info);
        if (err != 0) {
                store_close(store);
                return err;
        }
        *ret = store;
        return 0;
}

int store_open_readonly(const struct store_spec *spec, const char *directory, struct store **ret, struct err_info *info)
{
        struct store *store = store_new(spec, NULL);
        store->map_bytes = 0; /* as large as it is */
        int err = check_files(spec, directory, info);
        if (err == 0)
                err = open_environment(store, directory, MDB_RDONLY, info);
        struct txn *txn = err == 0 ? txn_begin_read(store, info) : NULL;
        if (err == 0 && txn == NULL)
                err = ERR_STORE;
        if (err == 0) {
                uint32_t version = 0;
                int code = open_tables(store, spec, 0, txn->handle);
                err = code != 0 ? lmdb_failed(info, code, "open tables", directory)
                                : check_identity(txn, spec, &version, info);
                if (err == 0 && version != spec->version)
                        err = err_set(info, ERR_CONFIG, "store %s needs a migration: start its daemon once", directory);
                /* The commit of a read transaction keeps the table handles that it opened. */
                (void)mdb_txn_commit(txn->handle);
                txn->handle = NULL;
                (void)pthread_rwlock_unlock(&store->growing);
        }
        if (err != 0) {
                store_close(store);
                return err;
        }
        *ret = store;
        return 0;
}

/* Where a table's name stands among the runtime's; all others are behind them. */
static size_t rank_of_table(const char *name)
{
        static const struct table_spec runtime[] = {RUNTIME_TABLE_SPECS};
        size_t rank = 0;
        while (rank < ARRAY_SIZE(runtime) && strcmp(runtime[rank].name, name) != 0)
                rank++;
        return rank;
}

static int compare_tables(const void *a, const void *b)
{
        const char *one = *(const char *const *)a, *other = *(const char *const *)b;
        size_t rank = rank_of_table(one), other_rank = rank_of_table(other);
        return rank != other_rank ? (rank > other_rank) - (rank < other_rank) : strcmp(one, other);
}

int store_table_names(struct store *store, struct arena *arena, const char ***ret_names, size_t *ret_count,
                      struct err_info *info)
{
        MDB_dbi names;
        MDB_cursor *cursor = NULL;
        MDB_val k, v;
        const char **found = arena_alloc(arena, TABLES_MAX * sizeof(*found));
        size_t count = 0;
        struct txn *txn = txn_begin_read(store, info);
        if (txn == NULL)
                return ERR_STORE;
        int code = mdb_dbi_open(txn->handle, NULL, 0, &names);
        if (code == 0)
                code = mdb_cursor_open(txn->handle, names, &cursor);
        while (code == 0 && count < TABLES_MAX && (code = mdb_cursor_get(cursor, &k, &v, MDB_NEXT)) == 0)
                found[count++] = arena_printf(arena, "%.*s", (int)k.mv_size, (const char *)k.mv_data);
        if (cursor != NULL)
                mdb_cursor_close(cursor);
        txn_end_read(txn);
        if (code != MDB_NOTFOUND)
                return lmdb_failed(info, code, "list tables", "");
        qsort(found, count, sizeof(*found), compare_tables);
        *ret_names = found;
        *ret_count = count;
        return 0;
}

void store_close(struct store *store)
{
        if (store == NULL)
                return;
        if (store->reader.handle != NULL)
                mdb_txn_abort(store->reader.handle);
        if (store->env != NULL)
                mdb_env_close(store->env);
        store_unlock(&store->held);
        (void)pthread_rwlock_destroy(&store->growing);
        free(store);
}

struct world *store_world(struct store *store)
{
        return store->world;
}

/* The snapshot that is kept for the next one is reset already, but would count as active while the map changes. */
static void forget_reader(struct store *store)
{
        if (store->reader.handle != NULL)
                mdb_txn_abort(store->reader.handle);
        store->reader.handle = NULL;
}

int store_grow(struct store *store, struct err_info *info)
{
        /* Who was killed while it looked (--verify, dump) still holds its snapshot, and no page freed since is used
         * again. Letting go of it may be room enough; if not, this is called once more. */
        int dead = 0;
        (void)mdb_reader_check(store->env, &dead);
        if (dead > 0)
                return 0;
        if (store->map_bytes >= store->map_bytes_max)
                return err_set(info, ERR_MAP_FULL, "the store is full: %llu MiB, its limit (setting map_mib_max)",
                               (unsigned long long)(store->map_bytes >> 20));
        uint64_t larger = store->map_bytes * 2 < store->map_bytes_max ? store->map_bytes * 2 : store->map_bytes_max;

        (void)pthread_rwlock_wrlock(&store->growing);
        forget_reader(store);
        int code = mdb_env_set_mapsize(store->env, larger);
        (void)pthread_rwlock_unlock(&store->growing);
        if (code != 0)
                return lmdb_failed(info, code, "grow", "map");
        store->map_bytes = larger;
        return 0;
}

int store_sync(struct store *store, struct err_info *info)
{
        int code = mdb_env_sync(store->env, 1);
        return code == 0 ? 0 : lmdb_failed(info, code, "sync", "file");
}

int store_copy(struct store *store, const char *directory, struct err_info *info)
{
        char file[4096 + 16];
        int code = mdb_env_copy2(store->env, directory, MDB_CP_COMPACT);
        if (code != 0)
                return lmdb_failed(info, code, "copy", directory);
        (void)snprintf(file, sizeof(file), "%s/data.mdb", directory); /* LMDB leaves it to the umask who may read it */
        return chmod(file, S_IRUSR | S_IWUSR) == 0 ? 0 : lmdb_failed(info, errno, "copy", directory);
}

void store_room(struct store *store, struct store_room *ret)
{
        /* It reads the map, which store_grow() takes away for a moment in the other thread. */
        (void)pthread_rwlock_rdlock(&store->growing);
        look_room(store->env, ret);
        (void)pthread_rwlock_unlock(&store->growing);
}

/* --- transactions ---------------------------------------------------------------------------------------------- */

/* The slots and snapshots of processes that were killed while they looked. */
static void forget_the_dead(struct store *store)
{
        uint64_t now_us = store->world->monotonic_us(store->world);
        int dead;
        if (store->readers_checked && now_us - store->readers_checked_us < READERS_CHECK_US)
                return;
        store->readers_checked = true;
        store->readers_checked_us = now_us;
        (void)mdb_reader_check(store->env, &dead);
}

static struct txn *begun(struct txn *txn)
{
        txn->err = 0;
        txn->text[0] = '\0';
        txn->watch = NULL;
        txn->budget = budget_of(UINT32_MAX, UINT32_MAX);
        recent_forget(&txn->recent);
        return txn;
}

struct txn *txn_begin_write(struct store *store, struct err_info *info)
{
        struct txn *txn = &store->writer;
        require(txn->handle == NULL);
        forget_the_dead(store);
        int code = mdb_txn_begin(store->env, NULL, 0, &txn->handle);
        if (code != 0) {
                txn->handle = NULL;
                (void)lmdb_failed(info, code, "begin", "write");
                return NULL;
        }
        txn->write = true;
        txn->allowed = TABLE_RUNTIME;
        return begun(txn);
}

static int begin_snapshot(struct txn *txn)
{
        return txn->handle != NULL ? mdb_txn_renew(txn->handle)
                                   : mdb_txn_begin(txn->store->env, NULL, MDB_RDONLY, &txn->handle);
}

/* Who looks at the store of a running daemon meets a map that has grown since: ours becomes as large. */
static int adopt_size(struct store *store)
{
        (void)pthread_rwlock_unlock(&store->growing);
        (void)pthread_rwlock_wrlock(&store->growing);
        forget_reader(store);
        int code = mdb_env_set_mapsize(store->env, 0);
        (void)pthread_rwlock_unlock(&store->growing);
        (void)pthread_rwlock_rdlock(&store->growing);
        return code;
}

struct txn *txn_begin_read(struct store *store, struct err_info *info)
{
        struct txn *txn = &store->reader;
        (void)pthread_rwlock_rdlock(&store->growing);
        int code = begin_snapshot(txn);
        while (code == MDB_MAP_RESIZED && adopt_size(store) == 0)
                code = begin_snapshot(txn);
        if (code != 0) {
                (void)pthread_rwlock_unlock(&store->growing);
                (void)lmdb_failed(info, code, "begin", "read");
                return NULL;
        }
        return begun(txn);
}

void txn_end_read(struct txn *txn)
{
        require(!txn->write);
        mdb_txn_reset(txn->handle);
        (void)pthread_rwlock_unlock(&txn->store->growing);
}

void txn_abort(struct txn *txn)
{
        require(txn->write);
        if (txn->handle != NULL)
                mdb_txn_abort(txn->handle);
        txn->handle = NULL;
}

int txn_commit(struct txn *txn, struct err_info *info)
{
        require(txn->write && txn->handle != NULL);
        int fault = txn->store->world->commit_fault(txn->store->world);
        if (fault != 0)
                (void)fail(txn, fault, "commit");
        if (txn->err != 0) {
                txn_abort(txn);
                return err_set(info, txn->err, "store: %s", txn->text);
        }
        int code = mdb_txn_commit(txn->handle);
        txn->handle = NULL;
        if (code != 0) {
                (void)fail(txn, code, "commit");
                return err_set(info, txn->err, "store: %s", txn->text);
        }
        return 0;
}

int txn_error(const struct txn *txn)
{
        return txn->err;
}

void txn_allow(struct txn *txn, enum table_kind kind)
{
        txn->allowed = kind;
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

static MDB_val val_of(struct slice slice)
{
        return (MDB_val){slice.size, (void *)(uintptr_t)slice.data};
}

void txn_watch(struct txn *txn, void (*see)(void *argument, size_t table, struct slice key), void *argument)
{
        txn->watch = see;
        txn->watch_argument = argument;
}

static MDB_dbi dbi_for_writing(struct txn *txn, size_t table)
{
        require(table < txn->store->table_count && txn->write);
        require(txn->store->tables[table].kind == txn->allowed);
        recent_forget(&txn->recent);
        return txn->store->dbis[table];
}

/* For a row of it: who watches is told first, and may read the row as it was. */
static MDB_dbi dbi_for_row(struct txn *txn, size_t table, struct slice key)
{
        if (txn->watch != NULL && txn->err == 0)
                txn->watch(txn->watch_argument, table, key);
        return dbi_for_writing(txn, table);
}

static bool is_absent(const struct txn *txn, size_t table)
{
        return txn->store->dbis[table] == NO_TABLE;
}

bool txn_get(struct txn *txn, size_t table, struct slice key, struct slice *ret_value)
{
        require(table < txn->store->table_count);
        if (txn->err != 0)
                return false;
        if (recent_find(&txn->recent, table, key, ret_value)) {
                budget_take(&txn->budget, ret_value->size);
                return true;
        }
        MDB_val k = val_of(key), v;
        int code = is_absent(txn, table) ? MDB_NOTFOUND : mdb_get(txn->handle, txn->store->dbis[table], &k, &v);
        if (code == 0) {
                budget_take(&txn->budget, v.mv_size);
                *ret_value = slice_of(v.mv_data, v.mv_size);
                recent_keep(&txn->recent, table, key, *ret_value);
                return true;
        }
        if (code != MDB_NOTFOUND && code != MDB_BAD_VALSIZE) /* a key that no row can have finds none */
                (void)fail(txn, code, "get");
        return false;
}

static void put_value(struct txn *txn, size_t table, struct slice key, struct slice value, unsigned flags)
{
        MDB_dbi dbi = dbi_for_row(txn, table, key);
        if (txn->err != 0)
                return;
        MDB_val k = val_of(key), v = val_of(value);
        int code = mdb_put(txn->handle, dbi, &k, &v, flags);
        if (code != 0)
                (void)fail(txn, code, "put");
}

void txn_put(struct txn *txn, size_t table, struct slice key, struct slice value)
{
        put_value(txn, table, key, value, 0);
}

void txn_append(struct txn *txn, size_t table, struct slice key, struct slice value)
{
        put_value(txn, table, key, value, MDB_APPEND);
}

uint8_t *txn_reserve(struct txn *txn, size_t table, struct slice key, size_t size)
{
        MDB_dbi dbi = dbi_for_row(txn, table, key);
        if (txn->err != 0)
                return NULL;
        MDB_val k = val_of(key), v = {size, NULL};
        int code = mdb_put(txn->handle, dbi, &k, &v, MDB_RESERVE);
        if (code != 0) {
                (void)fail(txn, code, "put");
                return NULL;
        }
        return v.mv_data;
}

void txn_delete(struct txn *txn, size_t table, struct slice key)
{
        MDB_dbi dbi = dbi_for_row(txn, table, key);
        if (txn->err != 0)
                return;
        MDB_val k = val_of(key);
        int code = mdb_del(txn->handle, dbi, &k, NULL);
        if (code != 0 && code != MDB_NOTFOUND)
                (void)fail(txn, code, "delete");
}

void txn_clear_table(struct txn *txn, size_t table)
{
        MDB_dbi dbi = dbi_for_writing(txn, table);
        if (txn->err != 0)
                return;
        int code = mdb_drop(txn->handle, dbi, 0);
        if (code != 0)
                (void)fail(txn, code, "clear");
}

uint64_t txn_count(struct txn *txn, size_t table)
{
        MDB_stat stat;
        require(table < txn->store->table_count);
        if (txn->err != 0 || is_absent(txn, table))
                return 0;
        int code = mdb_stat(txn->handle, txn->store->dbis[table], &stat);
        if (code != 0)
                (void)fail(txn, code, "count");
        return code == 0 ? stat.ms_entries : 0;
}

void txn_take_meta(struct txn *txn, struct txn *from)
{
        MDB_cursor *cursor;
        MDB_val k, v;
        int code = mdb_cursor_open(from->handle, from->store->meta, &cursor);
        if (code != 0) {
                (void)fail(txn, code, "walk meta");
                return;
        }
        while (txn->err == 0 && (code = mdb_cursor_get(cursor, &k, &v, MDB_NEXT)) == 0)
                if (!slice_equal(slice_of(k.mv_data, k.mv_size), slice_of_text(META_IDENTITY)) &&
                    (code = mdb_put(txn->handle, txn->store->meta, &k, &v, 0)) != 0)
                        break;
        if (code != MDB_NOTFOUND)
                (void)fail(txn, code, "take meta");
        mdb_cursor_close(cursor);
}

void *txn_get_message(struct txn *txn, size_t table, struct slice key, const ProtobufCMessageDescriptor *type,
                      struct arena *arena)
{
        struct slice value;
        if (!txn_get(txn, table, key, &value))
                return NULL;
        void *message = pb_decode(type, value, arena);
        require_stored(message != NULL);
        return message;
}

void txn_put_message(struct txn *txn, size_t table, struct slice key, const void *message, struct arena *arena)
{
        (void)arena;
        uint8_t *room = txn_reserve(txn, table, key, protobuf_c_message_get_packed_size(message));
        if (room != NULL)
                (void)protobuf_c_message_pack(message, room);
}

/* --- walking --------------------------------------------------------------------------------------------------- */

static struct scan scan_open(struct txn *txn, size_t table, struct slice prefix, struct slice from)
{
        struct scan scan = {.txn = txn, .prefix = prefix, .from = from};
        MDB_cursor *cursor = NULL;
        require(table < txn->store->table_count);
        if (txn->err == 0 && !is_absent(txn, table)) {
                int code = mdb_cursor_open(txn->handle, txn->store->dbis[table], &cursor);
                if (code != 0)
                        (void)fail(txn, code, "walk");
        }
        scan.cursor = cursor;
        return scan;
}

struct scan scan_prefix(struct txn *txn, size_t table, struct slice prefix)
{
        return scan_open(txn, table, prefix, prefix);
}

struct scan scan_from(struct txn *txn, size_t table, struct slice prefix, struct slice from)
{
        return scan_open(txn, table, prefix, from.size > 0 ? from : prefix);
}

struct scan scan_backwards(struct txn *txn, size_t table, struct slice prefix, struct slice before)
{
        struct scan scan = scan_open(txn, table, prefix, before);
        scan.backwards = true;
        return scan;
}

/* Places the cursor on the last key below `before`, or below the end of the prefix. */
static int seek_below(struct scan *scan, MDB_val *k, MDB_val *v)
{
        uint8_t end[KEY_SIZE_MAX];
        MDB_val bound = val_of(scan->from);
        if (scan->from.size == 0) {
                size_t size = scan->prefix.size;
                require(size <= sizeof(end));
                if (size > 0)
                        memcpy(end, scan->prefix.data, size);
                while (size > 0 && end[size - 1] == 0xff)
                        size--;
                if (size == 0)
                        return mdb_cursor_get(scan->cursor, k, v, MDB_LAST);
                end[size - 1]++;
                bound = (MDB_val){size, end};
        }
        *k = bound;
        int code = mdb_cursor_get(scan->cursor, k, v, MDB_SET_RANGE);
        return mdb_cursor_get(scan->cursor, k, v, code == MDB_NOTFOUND ? MDB_LAST : MDB_PREV);
}

static int seek(struct scan *scan, MDB_val *k, MDB_val *v)
{
        if (scan->backwards)
                return seek_below(scan, k, v);
        *k = val_of(scan->from);
        return mdb_cursor_get(scan->cursor, k, v, scan->from.size > 0 ? MDB_SET_RANGE : MDB_FIRST);
}

bool scan_next(struct scan *scan)
{
        MDB_val k, v;
        if (scan->cursor == NULL || scan->txn->err != 0)
                return false;
        if (!budget_allows(&scan->txn->budget))
                return false;
        int code = scan->started ? mdb_cursor_get(scan->cursor, &k, &v, scan->backwards ? MDB_PREV : MDB_NEXT)
                                 : seek(scan, &k, &v);
        scan->started = true;
        if (code == MDB_NOTFOUND)
                return false;
        if (code == 0 && (k.mv_size == 0 || k.mv_size > KEY_SIZE_MAX)) /* no key of ours is: a damaged page */
                code = MDB_CORRUPTED;
        if (code != 0) {
                (void)fail(scan->txn, code, "walk");
                return false;
        }
        scan->key = slice_of(k.mv_data, k.mv_size);
        scan->value = slice_of(v.mv_data, v.mv_size);
        budget_take(&scan->txn->budget, v.mv_size);
        return slice_starts_with(scan->key, scan->prefix);
}

void scan_end(struct scan *scan)
{
        if (scan->cursor != NULL)
                mdb_cursor_close(scan->cursor);
        scan->cursor = NULL;
}
