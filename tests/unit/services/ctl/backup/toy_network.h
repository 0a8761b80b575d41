/* toy_network.h: a run directory with two instances: "source-1", whose log has as many events as wanted and which has a
 * key store, and "follower-1", which has taken in as many of them as wanted. No daemon runs. For the tests of what is
 * backed up and put back. */
#ifndef TESTS_UNIT_SERVICES_CTL_BACKUP_TOY_NETWORK_H
#define TESTS_UNIT_SERVICES_CTL_BACKUP_TOY_NETWORK_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/world.h"
#include "common/service/topology.h"
#include "common/store/eventlog.h"
#include "common/store/key.h"
#include "common/store/position.h"
#include "common/store/runtime_tables.h"
#include "services/ctl/backup/recovery.h"

struct toy {
        char root[64]; /* all is below it */
        char run[96];
        char place[96]; /* of backups */
        char neuf[96];  /* to restore into */
        struct topology *topology;
        struct recovery recovery;
        struct arena arena;
        struct err_info info;
};

enum { TOY_ROWS = RUNTIME_TABLES, TOY_BLOBS, TOY_TABLES };

static inline int toy_remove(const char *path, const struct stat *facts, int type, struct FTW *place)
{
        (void)facts;
        (void)type;
        (void)place;
        return remove(path);
}

static inline struct store *toy_open(struct toy *toy, const char *instance, struct world *world)
{
        static const struct table_spec tables[] = {
                RUNTIME_TABLE_SPECS, {"row", TABLE_RUNTIME}, {"blob", TABLE_RUNTIME}};
        struct store_spec spec = {.service = instance,
                                  .version = 1,
                                  .tables = tables,
                                  .table_count = ARRAY_SIZE(tables),
                                  .map_bytes_max = (uint64_t)256 << 20};
        char path[160];
        struct store *store = NULL;
        (void)snprintf(path, sizeof(path), "%s/stores/%s", toy->run, instance);
        assert_int_equal(store_open(&spec, path, world, &store, &toy->info), 0);
        return store;
}

static inline void toy_events(struct txn *txn, size_t count, int64_t at_ms)
{
        struct log_head head = log_read_head(txn);
        struct arena arena = {0};
        for (size_t i = 0; i < count; i++) {
                uint8_t body[200];
                for (size_t b = 0; b < sizeof(body); b++)
                        body[b] = (uint8_t)((head.number * 131 + b * 7) ^ (head.number >> 8));
                struct log_append entry = {.at_ms = at_ms + (int64_t)i,
                                           .user = "anne",
                                           .body = slice_of(body, sizeof(body)),
                                           .sealed = slice_of_text("caché")};
                log_append(txn, &head, &entry, &arena);
        }
        log_write_head(txn, &head);
        arena_fini(&arena);
}

/* `events` more in the log of an instance, and as many rows in its table. */
static inline void toy_grow(struct toy *toy, const char *instance, size_t events, int64_t at_ms)
{
        struct world world = world_real();
        struct store *store = toy_open(toy, instance, &world);
        for (int done = 0; !done;) {
                struct txn *txn = txn_begin_write(store, &toy->info);
                assert_non_null(txn);
                uint64_t first = log_read_head(txn).number;
                toy_events(txn, events, at_ms);
                for (uint64_t i = first + 1; i <= first + events; i++) {
                        struct key key = key_of_u64(i);
                        txn_put(txn, TOY_ROWS, key_slice(&key), slice_of_text("une ligne, comme il y en a beaucoup"));
                }
                int err = txn_commit(txn, &toy->info);
                assert_true(err == 0 || err == ERR_MAP_FULL);
                done = err == 0;
                assert_true(done || store_grow(store, &toy->info) == 0);
        }
        store_close(store);
}

/* The follower has taken in the source's events up to `number`, which `record` is. */
static inline void toy_follow(struct toy *toy, uint64_t number)
{
        struct world world = world_real();
        struct log_entry entry = {.record = slice_of_text("none")};
        struct store *source = toy_open(toy, "source-1", &world), *follower = toy_open(toy, "follower-1", &world);
        struct txn *look = txn_begin_read(source, &toy->info), *txn = txn_begin_write(follower, &toy->info);
        assert_non_null(look);
        assert_non_null(txn);
        (void)log_get(look, number, &entry);
        struct position_mark mark = position_mark_of(number, entry.record);
        struct position position = {mark, mark};
        position_put(txn, "source-1", &position);
        assert_int_equal(txn_commit(txn, &toy->info), 0);
        txn_end_read(look);
        store_close(source);
        store_close(follower);
}

static inline void toy_keys(struct toy *toy)
{
        static const struct table_spec tables[] = {{"key", TABLE_RUNTIME}};
        struct store_spec spec = {.service = "keys",
                                  .version = 1,
                                  .tables = tables,
                                  .table_count = 1,
                                  .map_bytes_max = (uint64_t)16 << 20};
        struct world world = world_real();
        struct store *store = NULL;
        char path[160];
        (void)snprintf(path, sizeof(path), "%s/stores/source-1/keys", toy->run);
        assert_int_equal(store_open(&spec, path, &world, &store, &toy->info), 0);
        struct txn *txn = txn_begin_write(store, &toy->info);
        txn_put(txn, 0, slice_of_text("personne"), slice_of_text("clé"));
        assert_int_equal(txn_commit(txn, &toy->info), 0);
        store_close(store);
}

static inline void toy_topology(struct toy *toy)
{
        static const char *const names[] = {"source-1", "follower-1"};
        char path[160];
        struct secrets secrets;
        (void)snprintf(path, sizeof(path), "%s/topology.json", toy->run);
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        (void)fprintf(file, "{\"network\": \"essai\", \"instances\": [");
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                assert_int_equal(secrets_create(toy->run, names[i], &secrets, &toy->info), 0);
                (void)fprintf(file,
                              "%s{\"name\": \"%s\", \"service\": \"directory\", \"endpoint\": \"tcp://127.0.0.1:%zu\","
                              " \"store\": \"%s/stores/%s\", \"public_key\": \"%s\","
                              " \"settings\": {\"rules\": \"%s/rules\"}}",
                              i > 0 ? "," : "", names[i], 7000 + i, toy->run, names[i], secrets.curve_public, toy->run);
        }
        (void)fprintf(file, "], \"peers\": []}\n");
        assert_int_equal(fclose(file), 0);
        if (topology_load(path, &toy->topology, &toy->info) != 0)
                fail_msg("%s", toy->info.text);
}

static inline int setup(void **state)
{
        struct toy *toy = calloc(1, sizeof(*toy));
        char path[160];
        assert_non_null(toy);
        (void)snprintf(toy->root, sizeof(toy->root), "/tmp/guichet-test-backup-XXXXXX");
        assert_non_null(mkdtemp(toy->root));
        (void)snprintf(toy->run, sizeof(toy->run), "%s/run", toy->root);
        (void)snprintf(toy->place, sizeof(toy->place), "%s/place", toy->root);
        (void)snprintf(toy->neuf, sizeof(toy->neuf), "%s/neuf", toy->root);
        assert_int_equal(mkdir(toy->run, 0700), 0);
        (void)snprintf(path, sizeof(path), "%s/stores", toy->run);
        assert_int_equal(mkdir(path, 0700), 0);
        toy_topology(toy);
        recovery_new(&toy->recovery);
        toy_grow(toy, "source-1", 5000, 1000000);
        toy_grow(toy, "follower-1", 10, 1000000);
        toy_keys(toy);
        toy_follow(toy, 5000);
        *state = toy;
        return 0;
}

static inline int teardown(void **state)
{
        struct toy *toy = *state;
        topology_free(toy->topology);
        arena_fini(&toy->arena);
        int failed = nftw(toy->root, toy_remove, 16, FTW_DEPTH | FTW_PHYS);
        free(toy);
        return failed;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
