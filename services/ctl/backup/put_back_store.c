/* One store of put_back.h: rows of chunks into a fresh environment. */
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/store/key.h"
#include "common/store/store.h"
#include "services/ctl/backup/put_back.h"
#include "services/ctl/backup/rows.h"

enum { BATCH_BYTES = 32 * 1024 * 1024 };

/* In the table that says whose store it is, before any other key of it; gone once all rows are there. */
static const char META_TABLE[] = "meta";
static const char NEXT_KEY[] = "\1next";

struct filling {
        const struct put_back *put_back;
        const struct kept_store *kept;
        struct store *store;
        size_t meta;   /* number of that table */
        size_t total;  /* chunks of the store */
        uint64_t next; /* chunk, counted through all tables */
        struct arena arena;
};

static bool find_meta(const struct kept_store *kept, size_t *ret)
{
        for (size_t t = 0; t < kept->table_count; t++)
                if (strcmp(kept->tables[t].name, META_TABLE) == 0) {
                        *ret = t;
                        return true;
                }
        return false;
}

/* The table and the name of the n-th chunk. */
static size_t find_chunk(const struct kept_store *kept, uint64_t n, struct chunk_name *ret_name)
{
        size_t t = 0;
        for (; n >= kept->tables[t].chunks.count; t++)
                n -= kept->tables[t].chunks.count;
        *ret_name = kept->tables[t].chunks.names[n];
        return t;
}

static int put_rows(struct filling *filling, struct txn *txn, size_t *ret_bytes, struct err_info *info)
{
        struct chunk_name name;
        struct slice rest, key, value;
        size_t t = find_chunk(filling->kept, filling->next, &name);
        arena_reset(&filling->arena);
        int err = repository_get(filling->put_back->repository, name, &filling->arena, &rest, info);
        if (err != 0)
                return err;
        *ret_bytes += rest.size;
        while (rows_next(&rest, &key, &value))
                txn_append(txn, t, key, value);
        if (rest.size > 0)
                return err_set(info, ERR_FORGED, "%s, table %s : un morceau ne contient pas des lignes.",
                               filling->kept->instance, filling->kept->tables[t].name);
        filling->next++;
        return 0;
}

static void note_progress(struct filling *filling, struct txn *txn)
{
        struct key number = key_of_u64(filling->next);
        if (filling->next < filling->total)
                txn_put(txn, filling->meta, slice_of_text(NEXT_KEY), key_slice(&number));
        else
                txn_delete(txn, filling->meta, slice_of_text(NEXT_KEY));
}

static int fill_some(struct filling *filling, struct err_info *info)
{
        size_t bytes = 0;
        int err = 0;
        struct txn *txn = txn_begin_write(filling->store, info);
        if (txn == NULL)
                return ERR_STORE;
        while (err == 0 && filling->next < filling->total && bytes < BATCH_BYTES)
                err = put_rows(filling, txn, &bytes, info);
        if (err != 0) {
                txn_abort(txn);
                return err;
        }
        note_progress(filling, txn);
        err = txn_commit(txn, info);
        if (err == ERR_DISK_FULL)
                return err_set(info, err,
                               "%s : le disque est plein. Faites de la place et relancez la même commande : ce qui "
                               "est en place sera gardé.",
                               filling->put_back->directory);
        if (err == 0 && filling->put_back->progress != NULL)
                filling->put_back->progress(filling->kept->instance, (size_t)filling->next, filling->total);
        return err;
}

/* Nothing in `meta`: nothing was begun. A number: so far. Something else: all is there. */
static int find_next(struct filling *filling, struct err_info *info)
{
        struct slice number;
        struct txn *txn = txn_begin_read(filling->store, info);
        if (txn == NULL)
                return ERR_STORE;
        if (txn_count(txn, filling->meta) > 0)
                filling->next = txn_get(txn, filling->meta, slice_of_text(NEXT_KEY), &number) ? key_read_u64(number, 0)
                                                                                              : filling->total;
        int err = txn_error(txn);
        txn_end_read(txn);
        return err;
}

static void end_filling(struct filling *filling)
{
        store_close(filling->store);
        arena_fini(&filling->arena);
}

int put_back_store(const struct put_back *put_back, const struct kept_store *kept, const char *directory,
                   struct err_info *info)
{
        struct world world = world_real();
        scoped(end_filling) struct filling filling = {.put_back = put_back, .kept = kept};
        if (!find_meta(kept, &filling.meta))
                return err_set(info, ERR_FORGED, "%s : ce magasin ne dit pas à qui il est.", kept->instance);
        struct table_spec *tables = arena_zalloc(&filling.arena, kept->table_count * sizeof(*tables));
        struct arena names = filling.arena; /* outlives what chunks are read into */
        filling.arena = (struct arena){0};
        for (size_t t = 0; t < kept->table_count; t++) {
                tables[t] = (struct table_spec){.name = kept->tables[t].name, .kind = TABLE_RUNTIME};
                filling.total += kept->tables[t].chunks.count;
        }
        const struct store_spec spec = {
                .tables = tables,
                .table_count = kept->table_count,
                .map_bytes_max = (uint64_t)1 << 40,
                .map_bytes_first = (uint64_t)1 << 36,
        };
        int err = store_open(&spec, directory, &world, &filling.store, info);
        if (err == 0)
                err = find_next(&filling, info);
        while (err == 0 && filling.next < filling.total)
                err = fill_some(&filling, info);
        arena_fini(&names);
        return err;
}
