/* The writer grows the map while the loop thread asks for its size, as /metrics does. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/store/store.h"

enum { ROUNDS = 100, DOUBLINGS = 12 };

struct asking {
        struct store *store;
        atomic_bool enough;
        struct store_room room;
};

static void *ask(void *argument)
{
        struct asking *asking = argument;
        while (!atomic_load(&asking->enough))
                store_room(asking->store, &asking->room);
        return NULL;
}

static void grow_while_asked(const char *directory)
{
        static const struct table_spec tables[] = {{"log", TABLE_RUNTIME}};
        static const struct store_spec spec = {.service = "toy",
                                               .version = 1,
                                               .tables = tables,
                                               .table_count = ARRAY_SIZE(tables),
                                               .map_bytes_first = (uint64_t)1 << 20,
                                               .map_bytes_max = (uint64_t)1 << (20 + DOUBLINGS)};
        struct world world = world_real();
        struct asking asking = {0};
        struct err_info info;
        pthread_t thread;
        assert_int_equal(store_open(&spec, directory, &world, &asking.store, &info), 0);
        assert_int_equal(pthread_create(&thread, NULL, ask, &asking), 0);
        for (int i = 0; i < DOUBLINGS; i++)
                assert_int_equal(store_grow(asking.store, &info), 0);
        atomic_store(&asking.enough, true);
        assert_int_equal(pthread_join(thread, NULL), 0);
        store_room(asking.store, &asking.room);
        assert_true(asking.room.map_bytes == spec.map_bytes_max);
        assert_true(asking.room.used_bytes > 0 && asking.room.used_bytes < asking.room.map_bytes);
        store_close(asking.store);
}

static void its_size_may_be_asked_while_it_grows(void **state)
{
        char directory[] = "/tmp/guichet-test-growing-XXXXXX", path[64];
        (void)state;
        assert_non_null(mkdtemp(directory));
        for (int i = 0; i < ROUNDS; i++) {
                grow_while_asked(directory);
                (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
                assert_int_equal(unlink(path), 0);
                (void)snprintf(path, sizeof(path), "%s/lock.mdb", directory);
                assert_int_equal(unlink(path), 0);
        }
        assert_int_equal(rmdir(directory), 0);
}

/* As `--verify` does that is killed half way. */
static void look_and_die(const struct store_spec *spec, const char *directory)
{
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                struct store *store = NULL;
                bool looks =
                        store_open_readonly(spec, directory, &store, NULL) == 0 && txn_begin_read(store, NULL) != NULL;
                _exit(looks ? 0 : 1);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
}

static void a_dead_reader_is_let_go_of_before_the_map_grows(void **state)
{
        static const struct table_spec tables[] = {{"log", TABLE_RUNTIME}};
        static const struct store_spec spec = {.service = "toy",
                                               .version = 1,
                                               .tables = tables,
                                               .table_count = ARRAY_SIZE(tables),
                                               .map_bytes_first = (uint64_t)1 << 20,
                                               .map_bytes_max = (uint64_t)1 << 21};
        char directory[] = "/tmp/guichet-test-growing-XXXXXX", path[64];
        struct world world = world_real();
        struct store *store = NULL;
        struct err_info info;
        struct store_room room;
        (void)state;
        assert_non_null(mkdtemp(directory));
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), 0);
        look_and_die(&spec, directory);
        assert_int_equal(store_grow(store, &info), 0);
        store_room(store, &room);
        assert_true(room.map_bytes == spec.map_bytes_first); /* its room may be enough */
        assert_int_equal(store_grow(store, &info), 0);
        store_room(store, &room);
        assert_true(room.map_bytes == spec.map_bytes_max);
        store_close(store);
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        assert_int_equal(unlink(path), 0);
        (void)snprintf(path, sizeof(path), "%s/lock.mdb", directory);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(rmdir(directory), 0);
}

/* In a process of its own, as a daemon is to --verify and backup: rows until the map has grown, then one more. */
static void grow_elsewhere(const struct store_spec *spec, const char *directory)
{
        static uint8_t row[64 * 1024];
        struct world world = world_real();
        struct store *store = NULL;
        struct err_info info;
        if (store_open(spec, directory, &world, &store, &info) != 0)
                _exit(1);
        for (uint32_t i = 0; i < 200; i++) {
                for (int err = ERR_MAP_FULL; err != 0;) {
                        struct txn *txn = txn_begin_write(store, &info);
                        txn_put(txn, 0, slice_of(&i, sizeof(i)), slice_of(row, sizeof(row)));
                        err = txn_commit(txn, &info);
                        if (err != 0 && (err != ERR_MAP_FULL || store_grow(store, &info) != 0))
                                _exit(2);
                }
        }
        store_close(store);
        _exit(0);
}

static void who_looks_from_another_process_follows_its_growth(void **state)
{
        static const struct table_spec tables[] = {{"log", TABLE_RUNTIME}};
        static const struct store_spec spec = {.service = "toy",
                                               .version = 1,
                                               .tables = tables,
                                               .table_count = ARRAY_SIZE(tables),
                                               .map_bytes_first = (uint64_t)1 << 20,
                                               .map_bytes_max = (uint64_t)1 << 30};
        char directory[] = "/tmp/guichet-test-growing-XXXXXX", path[64];
        struct world world = world_real();
        struct store *store = NULL;
        struct err_info info;
        int status;
        (void)state;
        assert_non_null(mkdtemp(directory));
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), 0);
        store_close(store);

        assert_int_equal(store_open_readonly(&spec, directory, &store, &info), 0);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
                grow_elsewhere(&spec, directory);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(status, 0);
        struct txn *txn = txn_begin_read(store, &info);
        assert_non_null(txn);
        assert_int_equal(txn_count(txn, 0), 200);
        txn_end_read(txn);
        store_close(store);
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        (void)remove(path);
        (void)snprintf(path, sizeof(path), "%s/lock.mdb", directory);
        (void)remove(path);
        assert_int_equal(remove(directory), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(its_size_may_be_asked_while_it_grows),
                cmocka_unit_test(a_dead_reader_is_let_go_of_before_the_map_grows),
                cmocka_unit_test(who_looks_from_another_process_follows_its_growth),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
