/* scripts/bench day: one question of what waits, with 100,000 items in the store: the whole region's, a department's,
 * five departments' as one, the last page; against the same rows straight from LMDB. */
#include <lmdb.h>
#include <string.h>
#include <sys/stat.h>

#include "bench.h"
#include "common/codec/types.h"
#include "common/store/key.h"
#include "notifications/queries.pb-c.h"
#include "tests/lib/daemons.h"
#include "tests/lib/waits.h"

enum { ITEMS = 100000, AGAIN = 300, PAGE = 50, KINDS = 20, RAW_ROW_BYTES = 200 };

static void say_shown(size_t number, Notifications__Wait *wait, struct arena *arena)
{
        (void)number;
        wait->step = NOTIFICATIONS__WAIT_STEP__WAIT_SHOWN;
        wait->shows_at = instant_to(arena, 1);
}

/* --- Guichet ----------------------------------------------------------------------------------------------------- */

static Wire__Passport *actor_of(size_t territories, struct arena *arena)
{
        Wire__Passport *actor = pb_new(&wire__passport__descriptor, arena);
        actor->user = arena_text(arena, "mesure");
        actor->role = territories == 0 ? TYPES__ROLE__COORDINATOR : TYPES__ROLE__FACILITATOR;
        actor->expires_at_ms = INT64_MAX;
        actor->n_territories = territories == 0 ? 1 : territories;
        actor->territories = arena_alloc(arena, actor->n_territories * sizeof(char *));
        for (size_t i = 0; i < actor->n_territories; i++)
                actor->territories[i] = arena_text(arena, territories == 0 ? "*" : waits_territories[i]);
        return actor;
}

static const Notifications__MyDayReply *ask(struct engine *engine, const Wire__Passport *actor, struct slice after,
                                            struct arena *arena)
{
        Notifications__MyDayRequest query = NOTIFICATIONS__MY_DAY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        struct engine_answer answer = {0};
        page.after = pb_bytes(after);
        query.page = &page;
        if (engine_call(engine, actor, "MyDay", &query.base, NULL, arena, &answer) != 0 || answer.body == NULL)
                harness_fail("MyDay is refused");
        return (const Notifications__MyDayReply *)answer.body;
}

/* The day of so many territories, 0 the region: microseconds a question, the 99th of a hundred. */
static void measure(struct engine *engine, size_t territories, struct slice after, const char *name, json_t *result)
{
        struct arena kept scoped(arena_fini) = {0};
        const Wire__Passport *actor = actor_of(territories, &kept);
        struct samples samples = {0};
        char key[64];
        for (size_t i = 0; i < AGAIN; i++) {
                struct arena arena scoped(arena_fini) = {0};
                uint64_t start_us = harness_now_us();
                const Notifications__MyDayReply *reply = ask(engine, actor, after, &arena);
                samples_add(&samples, (double)(harness_now_us() - start_us));
                if (reply->n_items == 0 || reply->n_totals != KINDS)
                        harness_fail("a day is empty");
        }
        (void)snprintf(key, sizeof(key), "%s_p50_us", name);
        bench_put(result, key, samples_percentile(&samples, 50));
        (void)snprintf(key, sizeof(key), "%s_p99_us", name);
        bench_put(result, key, samples_percentile(&samples, 99));
        samples_free(&samples);
}

/* --- raw LMDB ---------------------------------------------------------------------------------------------------- */

static void check(int code, const char *what)
{
        if (code != 0)
                harness_fail("raw LMDB: %s: %s", what, mdb_strerror(code));
}

static struct key raw_key(size_t number)
{
        struct key key = key_empty();
        key_i32(&key, 20720 + (int32_t)(number % 120));
        key_u64(&key, number * UINT64_C(0x9e3779b97f4a7c15));
        return key;
}

static void fill_raw(MDB_env *env, MDB_dbi ret[2])
{
        static uint8_t row[RAW_ROW_BYTES];
        MDB_txn *txn;
        check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
        check(mdb_dbi_open(txn, "day", MDB_CREATE, &ret[0]), "table");
        check(mdb_dbi_open(txn, "wait", MDB_CREATE, &ret[1]), "table");
        for (size_t i = 0; i < ITEMS; i++) {
                struct key key = raw_key(i);
                MDB_val k = {key.size, key.bytes}, none = {0, row}, whole = {sizeof(row), row};
                check(mdb_put(txn, ret[0], &k, &none, 0), "put");
                k = (MDB_val){sizeof(uint64_t), key.bytes + sizeof(int32_t)};
                check(mdb_put(txn, ret[1], &k, &whole, 0), "put");
        }
        check(mdb_txn_commit(txn), "commit");
}

/* A page of rows by the index, each fetched by its id, and as many counts. */
static double raw_page_us(MDB_env *env, const MDB_dbi tables[2])
{
        struct samples samples = {0};
        for (size_t n = 0; n < AGAIN; n++) {
                uint64_t start_us = harness_now_us();
                MDB_txn *txn;
                MDB_cursor *cursor;
                MDB_val key, value;
                check(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), "begin");
                check(mdb_cursor_open(txn, tables[0], &cursor), "cursor");
                for (size_t i = 0; i < PAGE + KINDS; i++) {
                        check(mdb_cursor_get(cursor, &key, &value, i == 0 ? MDB_FIRST : MDB_NEXT), "next");
                        MDB_val id = {sizeof(uint64_t), (uint8_t *)key.mv_data + sizeof(int32_t)};
                        check(mdb_get(txn, tables[1], &id, &value), "get");
                }
                mdb_cursor_close(cursor);
                mdb_txn_abort(txn);
                samples_add(&samples, (double)(harness_now_us() - start_us));
        }
        double us = samples_percentile(&samples, 50);
        samples_free(&samples);
        return us;
}

static double raw_us(const struct harness *context)
{
        char directory[4200];
        MDB_env *env;
        MDB_dbi tables[2];
        (void)snprintf(directory, sizeof(directory), "%s/raw-day", context->directory);
        (void)mkdir(directory, 0700);
        check(mdb_env_create(&env), "create");
        check(mdb_env_set_maxdbs(env, 2), "tables");
        check(mdb_env_set_mapsize(env, (size_t)1 << 30), "map");
        check(mdb_env_open(env, directory, MDB_NORDAHEAD, 0600), "open");
        fill_raw(env, tables);
        double us = raw_page_us(env, tables);
        mdb_env_close(env);
        return us;
}

json_t *bench_day(const struct harness *context)
{
        const struct waits_filling filling = {ITEMS, say_shown};
        json_t *result = json_object();
        struct key last = key_empty();
        daemons_open((uint64_t)4 << 30);
        struct engine *engine = daemon_named("notifications")->engine;
        waits_fill(engine, &filling);
        key_i32(&last, 20720 + 119);
        key_id(&last, (struct id){{0}});
        bench_put(result, "items", ITEMS);
        measure(engine, 0, slice_of(NULL, 0), "region", result);
        measure(engine, 0, key_slice(&last), "region_last_day", result);
        measure(engine, 1, slice_of(NULL, 0), "department", result);
        measure(engine, 5, slice_of(NULL, 0), "five_departments", result);
        daemons_close();
        bench_put(result, "raw_lmdb_us", raw_us(context));
        bench_put(result, "ratio",
                  json_number_value(json_object_get(result, "region_p50_us")) /
                          json_number_value(json_object_get(result, "raw_lmdb_us")));
        return result;
}
