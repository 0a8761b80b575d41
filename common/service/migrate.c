#include "common/service/migrate.h"

#include <stdio.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/replay.h"
#include "common/store/eventlog.h"
#include "common/store/position.h"
#include "common/store/replace.h"

static const char SCRATCH[] = "migration"; /* a directory in the store's: one file system */

struct migration {
        const struct service_spec *spec;
        struct store *old;
        struct txn *look; /* the snapshot of the old one */
        struct store *made;
};

/* In several transactions, so that none grows with the table. */
static int take_table(const struct migration *migration, size_t table, struct err_info *info)
{
        struct scan scan = scan_prefix(migration->look, table, slice_of(NULL, 0));
        bool more = true;
        int err = 0;
        while (more && err == 0) {
                struct txn *txn = txn_begin_write(migration->made, info);
                if (txn == NULL) {
                        err = ERR_STORE;
                        break;
                }
                for (size_t i = 0; i < ROWS_PER_COMMIT && (more = scan_next(&scan)); i++)
                        txn_put(txn, table, scan.key, scan.value);
                err = txn_commit(txn, info);
        }
        scan_end(&scan);
        return err;
}

static int take_runtime_tables(const struct migration *migration, const struct store_spec *today, struct err_info *info)
{
        int err = 0;
        for (size_t i = 0; err == 0 && i < today->table_count; i++)
                if (today->tables[i].kind == TABLE_RUNTIME)
                        err = take_table(migration, i, info);
        if (err != 0)
                return err;
        struct arena arena scoped(arena_fini) = {0};
        struct txn *txn = txn_begin_write(migration->made, info);
        if (txn == NULL)
                return ERR_STORE;
        txn_take_meta(txn, migration->look);
        position_copy_again(txn, &arena);
        return txn_commit(txn, info);
}

static int replay_own(const struct migration *migration, struct err_info *info)
{
        struct replay replay = {
                .into = migration->made,
                .kind = TABLE_STATE,
                .type = migration->spec->event,
                .source = "",
                .put = migration->spec->apply,
                .last = UINT64_MAX,
                .tell = true,
        };
        uint64_t head = log_read_head(migration->look).number;
        if (migration->spec->apply == NULL)
                return 0;
        int err = replay_log(&replay, migration->look, info);
        if (err == 0 && replay.replayed != head)
                err = err_set(info, ERR_STORE, "the log has %llu readable events, its head says %llu",
                              (unsigned long long)replay.replayed, (unsigned long long)head);
        return err;
}

static int make(const struct migration *migration, const struct store_spec *today, struct err_info *info)
{
        int err = take_runtime_tables(migration, today, info);
        if (err == 0)
                err = replay_own(migration, info);
        return err != 0 ? err : store_sync(migration->made, info);
}

static int make_in(struct migration *migration, const struct store_spec *today, const char *scratch,
                   struct world *world, struct err_info *info)
{
        struct store_spec spec = *today;
        spec.unsafe = true;
        spec.must_exist = false;
        spec.map_bytes_first = spec.map_bytes_max; /* a sparse file, cut to what it holds when it is opened again */
        int err = store_open(&spec, scratch, world, &migration->made, info);
        if (err != 0)
                return err;
        migration->look = txn_begin_read(migration->old, info);
        err = migration->look == NULL ? ERR_STORE : make(migration, today, info);
        if (migration->look != NULL)
                txn_end_read(migration->look);
        store_close(migration->made);
        return err;
}

static int scratch_of(const char *directory, char *ret_path, size_t size)
{
        int length = snprintf(ret_path, size, "%s/%s", directory, SCRATCH);
        return length > 0 && (size_t)length < size ? 0 : ERR_CONFIG;
}

int migrate_store(const struct service_spec *spec, const struct store_spec *today, const char *directory,
                  struct world *world, struct err_info *info)
{
        struct store_spec any = {.tables = today->tables, .table_count = today->table_count};
        struct migration migration = {.spec = spec};
        char scratch[4096];

        if (scratch_of(directory, scratch, sizeof(scratch)) != 0)
                return err_set(info, ERR_CONFIG, "store %s: path too long", directory);
        store_remove(scratch);
        int err = store_open_readonly(&any, directory, &migration.old, info);
        if (err != 0)
                return err;
        log_line(LOG_INFO, "store.migrating", "%s: to store version %u, by its own log", directory, today->version);
        err = make_in(&migration, today, scratch, world, info);
        store_close(migration.old);
        if (err == 0)
                err = store_replace(scratch, directory, info);
        if (err == 0)
                log_line(LOG_INFO, "store.migrated", "%s: store version %u", directory, today->version);
        else
                store_remove(scratch);
        return err;
}

void migrate_tidy(const char *directory)
{
        char scratch[4096];
        if (scratch_of(directory, scratch, sizeof(scratch)) == 0)
                store_remove(scratch);
}

void migrate_copies(const struct service_spec *spec, struct txn *txn)
{
        struct arena arena scoped(arena_fini) = {0};
        txn_allow(txn, TABLE_COPY);
        for (size_t i = 0; i < spec->table_count; i++)
                if (spec->tables[i].kind == TABLE_COPY)
                        txn_clear_table(txn, RUNTIME_TABLES + i);
        txn_allow(txn, TABLE_RUNTIME);
        position_copy_again(txn, &arena);
}
