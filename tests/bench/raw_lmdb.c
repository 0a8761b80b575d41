/* The yardstick of storage: the same three rows a submission, straight into LMDB, one thread, nothing decided. */
#include <lmdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bench.h"
#include "common/base/id.h"
#include "common/store/key.h"

struct raw {
        MDB_env *env;
        MDB_dbi hours, events, dedup;
};

static void check(int code, const char *what)
{
        if (code != 0)
                harness_fail("raw LMDB: %s: %s", what, mdb_strerror(code));
}

static void open_raw(struct raw *raw, const char *directory)
{
        MDB_txn *txn;
        char file[4200];
        (void)mkdir(directory, 0700);
        (void)snprintf(file, sizeof(file), "%s/data.mdb", directory);
        (void)remove(file);
        check(mdb_env_create(&raw->env), "create");
        check(mdb_env_set_maxdbs(raw->env, 4), "tables");
        check(mdb_env_set_mapsize(raw->env, (size_t)8 << 30), "map");
        check(mdb_env_open(raw->env, directory, MDB_NORDAHEAD, 0600), "open");
        check(mdb_txn_begin(raw->env, NULL, 0, &txn), "begin");
        check(mdb_dbi_open(txn, "hours", MDB_CREATE, &raw->hours), "table");
        check(mdb_dbi_open(txn, "events", MDB_CREATE, &raw->events), "table");
        check(mdb_dbi_open(txn, "dedup", MDB_CREATE, &raw->dedup), "table");
        check(mdb_txn_commit(txn), "commit");
}

static void put(MDB_txn *txn, MDB_dbi dbi, struct slice key, size_t size)
{
        static uint8_t value[ROW_EVENT_BYTES];
        MDB_val k = {key.size, (void *)(uintptr_t)key.data}, v = {size, value};
        check(mdb_put(txn, dbi, &k, &v, 0), "put");
}

static void submit(const struct raw *raw, MDB_txn *txn, struct world *world, uint64_t number, struct id placement)
{
        struct key hours = key_empty();
        key_u32(&hours, 682);
        key_id(&hours, placement);
        struct key event = key_of_u64(number);
        struct id key = id_new(world, (int64_t)(harness_now_us() / 1000), 0);
        put(txn, raw->hours, key_slice(&hours), ROW_HOURS_BYTES);
        put(txn, raw->events, key_slice(&event), ROW_EVENT_BYTES);
        put(txn, raw->dedup, id_slice(&key), ROW_DEDUP_BYTES);
}

static struct id *random_order(struct world *world)
{
        struct id *ids = malloc(sizeof(*ids) * PLACEMENTS);
        if (ids == NULL)
                harness_fail("out of memory");
        for (size_t i = 0; i < PLACEMENTS; i++)
                ids[i] = id_new(world, (int64_t)i, 1);
        for (size_t i = PLACEMENTS - 1; i > 0; i--) {
                uint64_t draw;
                world->random(world, &draw, sizeof(draw));
                size_t other = draw % (i + 1);
                struct id kept = ids[i];
                ids[i] = ids[other];
                ids[other] = kept;
        }
        return ids;
}

double raw_lmdb_submissions(const struct harness *context, size_t batch)
{
        char directory[4096] = "";
        struct raw raw;
        struct world world = world_seeded(42, 0);
        struct id *ids = random_order(&world);
        uint64_t number = 0;

        (void)snprintf(directory, sizeof(directory), "%s/raw-lmdb", context->directory);
        open_raw(&raw, directory);
        uint64_t start_us = harness_now_us(), end_us = start_us + (uint64_t)context->seconds * 1000000;
        while (harness_now_us() < end_us) {
                MDB_txn *txn;
                check(mdb_txn_begin(raw.env, NULL, 0, &txn), "begin");
                for (size_t i = 0; i < batch; i++, number++)
                        submit(&raw, txn, &world, number + 1, ids[number % PLACEMENTS]);
                check(mdb_txn_commit(txn), "commit");
        }
        double rate = (double)number / ((double)(harness_now_us() - start_us) / 1e6);
        mdb_env_close(raw.env);
        free(ids);
        return rate;
}
