#include "services/ctl/backup/compact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/store/lock.h"
#include "common/store/replace.h"
#include "services/ctl/backup/moment.h"

enum { FREE_ONE_IN = 8 };

static void close_store(struct moment_store *store)
{
        moment_release(store);
        store_close(store->store);
}

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static int open_store(struct moment_store *store, struct arena *arena, struct err_info *info)
{
        int err = moment_store_open(store, arena, info);
        return err != 0 ? err : moment_renew(store, info);
}

/* --- comparing -----------------------------------------------------------------------------------------------------
 */

static bool same_rows(const struct moment_store *a, const struct moment_store *b, size_t table)
{
        struct scan left = scan_prefix(a->txn, table, slice_of(NULL, 0));
        struct scan right = scan_prefix(b->txn, table, slice_of(NULL, 0));
        bool same = true;
        for (bool more = true; same && more;) {
                more = scan_next(&left);
                same = scan_next(&right) == more &&
                       (!more || (slice_equal(left.key, right.key) && slice_equal(left.value, right.value)));
        }
        scan_end(&left);
        scan_end(&right);
        return same && txn_error(a->txn) == 0 && txn_error(b->txn) == 0;
}

static int compare(const struct moment_store *old, const char *made, struct arena *arena, struct err_info *info)
{
        scoped(close_store) struct moment_store copy = {.directory = made};
        int err = open_store(&copy, arena, info);
        bool same = err == 0 && copy.table_count == old->table_count;
        for (size_t t = 0; same && t < old->table_count; t++)
                same = strcmp(copy.tables[t].name, old->tables[t].name) == 0 && same_rows(old, &copy, t);
        if (err == 0 && !same)
                return err_set(info, ERR_FORGED,
                               "%s : la copie compactée ne contient pas les mêmes lignes ; rien n'a été "
                               "remplacé. Voir guichetctl verify.",
                               old->directory);
        return err;
}

/* --- the place -----------------------------------------------------------------------------------------------------
 */

static int sync_path(const char *path, struct err_info *info)
{
        scoped(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || fsync(fd) != 0)
                return err_set(info, -errno, "%s : %s.", path, strerror(errno));
        return 0;
}

static int put_in_place(const char *made, const char *directory, struct err_info *info)
{
        char from[4096];
        (void)snprintf(from, sizeof(from), "%s/data.mdb", made);
        int err = sync_path(from, info);
        return err != 0 ? err : store_replace(made, directory, info);
}

static int make_and_replace(const struct moment_store *old, const char *made, struct arena *arena,
                            struct err_info *info)
{
        store_remove(made); /* what an earlier try has left */
        if (mkdir(made, S_IRWXU) != 0)
                return err_set(info, -errno, "%s : %s.", made, strerror(errno));
        int err = store_copy(old->store, made, info);
        if (err == ERR_DISK_FULL)
                err = err_set(info, err,
                              "%s : le disque est plein ; il faut la place d'une copie de ce magasin. Rien n'a été "
                              "remplacé.",
                              made);
        if (err == 0)
                err = compare(old, made, arena, info);
        if (err == 0)
                err = put_in_place(made, old->directory, info);
        store_remove(made);
        return err;
}

int compact_store(const struct compaction *compaction, bool *ret_done, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        scoped(store_unlock) int lock = -1;
        scoped(close_store) struct moment_store old = {.directory = compaction->directory};
        struct store_room room;
        *ret_done = false;
        int err = store_lock(compaction->directory, &lock, info);
        if (err == ERR_CONFIG)
                return err_set(info, err, "%s : son démon, ou une autre compaction, l'écrit ; arrêtez-le d'abord.",
                               compaction->directory);
        if (err == 0)
                err = open_store(&old, &arena, info);
        if (err != 0)
                return err;
        store_room(old.store, &room);
        if (!compaction->always && room.free_bytes < room.used_bytes / FREE_ONE_IN)
                return 0;
        *ret_done = true;
        return make_and_replace(&old, arena_printf(&arena, "%s.compact", compaction->directory), &arena, info);
}

/* --- looking -------------------------------------------------------------------------------------------------------
 */

static struct table_figures figures_of(const struct moment_store *store, size_t table)
{
        struct table_figures figures = {.name = store->tables[table].name};
        struct scan scan = scan_prefix(store->txn, table, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                figures.rows++;
                figures.bytes += scan.key.size + scan.value.size;
                figures.large += scan.value.size > HOT_VALUE_MAX;
                if (scan.value.size > figures.largest)
                        figures.largest = scan.value.size;
        }
        scan_end(&scan);
        return figures;
}

/* tidy: many because the figures of the store and of its tables are asked at once, from one opening */
int table_figures(const char *directory, struct arena *arena, struct table_figures **ret, size_t *ret_count,
                  struct store_room *ret_room, struct err_info *info)
{
        scoped(close_store) struct moment_store store = {.directory = directory};
        int err = moment_store_open(&store, arena, info);
        if (err != 0)
                return err;
        struct table_figures *figures = arena_alloc(arena, (store.table_count + 1) * sizeof(*figures));
        store_room(store.store, ret_room);
        for (size_t t = 0; err == 0 && t < store.table_count; t++) { /* a snapshot each: none is held for long */
                err = moment_renew(&store, info);
                if (err == 0)
                        figures[t] = figures_of(&store, t);
        }
        *ret = figures;
        *ret_count = store.table_count;
        return err;
}
