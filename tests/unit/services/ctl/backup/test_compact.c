#include "tests/unit/services/ctl/backup/toy_network.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include "services/ctl/backup/compact.h"
#include "services/ctl/backup/moment.h"
#include "tests/lib/send_signal.h"

static char *source(struct toy *toy)
{
        return arena_printf(&toy->arena, "%s/stores/source-1", toy->run);
}

static struct store_room room_of(struct toy *toy)
{
        struct table_figures *figures;
        struct store_room room;
        size_t count;
        assert_int_equal(table_figures(source(toy), &toy->arena, &figures, &count, &room, &toy->info), 0);
        assert_int_equal(count, TOY_TABLES + 1); /* and the store's own */
        assert_string_equal(figures[RUNTIME_LOG].name, "log");
        assert_int_equal(figures[RUNTIME_LOG].rows, 5000);
        assert_int_equal(figures[RUNTIME_LOG].large, 0);
        assert_true(figures[RUNTIME_LOG].largest > 200);
        return room;
}

/* Rows come and go: what held them is free. */
static void leave_free_pages(struct toy *toy)
{
        struct world world = world_real();
        for (int pass = 0; pass < 2; pass++) {
                struct store *store = toy_open(toy, "source-1", &world);
                struct txn *txn = txn_begin_write(store, &toy->info);
                for (uint64_t i = 0; i < 3000; i++) {
                        static uint8_t row[1500];
                        struct key key = key_of_u64(1000000 + i);
                        if (pass == 0)
                                txn_put(txn, TOY_ROWS, key_slice(&key), slice_of(row, sizeof(row)));
                        else
                                txn_delete(txn, TOY_ROWS, key_slice(&key));
                }
                assert_int_equal(txn_commit(txn, &toy->info), 0);
                store_close(store);
        }
}

static void free_pages_go_and_rows_stay(void **state)
{
        struct toy *toy = *state;
        const struct compaction request = {.directory = source(toy)};
        bool done;
        leave_free_pages(toy);
        struct store_room before = room_of(toy);
        assert_true(before.free_bytes > before.used_bytes / 4);
        if (compact_store(&request, &done, &toy->info) != 0)
                fail_msg("%s", toy->info.text);
        assert_true(done);
        struct store_room after = room_of(toy);
        assert_true(after.used_bytes < before.used_bytes * 3 / 4);
        assert_int_equal(access(arena_printf(&toy->arena, "%s.compact", source(toy)), F_OK), -1);

        struct moment moment = {0}; /* heads, hashes and positions still fit together, and it is written to as before */
        toy_grow(toy, "source-1", 10, 3000000);
        toy_follow(toy, 5010);
        assert_int_equal(moment_open(toy->topology, NULL, &moment, &toy->info), 0);
        moment_close(&moment);
        assert_int_equal(compact_store(&request, &done, &toy->info), 0);
        assert_false(done); /* nothing to gain */
}

static void a_store_that_is_written_is_left_alone(void **state)
{
        struct toy *toy = *state;
        const struct compaction request = {.directory = source(toy), .always = true};
        struct world world = world_real();
        struct store *store = toy_open(toy, "source-1", &world);
        bool done;
        assert_int_equal(compact_store(&request, &done, &toy->info), ERR_CONFIG);
        assert_non_null(strstr(toy->info.text, "arrêtez-le d'abord"));
        store_close(store);
        assert_int_equal(compact_store(&request, &done, &toy->info), 0);
        assert_true(done);
}

/* Killed at whatever moment, it is the old store or the new one. */
static void killed_it_leaves_a_whole_store(void **state)
{
        struct toy *toy = *state;
        const struct compaction request = {.directory = source(toy), .always = true};
        for (int i = 0; i < 40; i++) {
                pid_t child = fork();
                assert_true(child >= 0);
                if (child == 0) {
                        for (bool done = true; done;) {
                                int err = compact_store(&request, &done, &toy->info);
                                if (err == ERR_CONFIG)
                                        done = true; /* the one before still dies, or who looked for it */
                                else if (err != 0)
                                        _exit(1);
                        }
                        _exit(0);
                }
                struct world world = world_real();
                uint64_t until_us = world.monotonic_us(&world) + (uint64_t)(i * 977 % 40) * 1000;
                while (world.monotonic_us(&world) < until_us)
                        ;
                int status;
                assert_int_equal(send_signal(child, SIGKILL), 0);
                assert_int_equal(waitpid(child, &status, 0), child);
                assert_true(WIFSIGNALED(status));
                (void)room_of(toy);
        }
        bool done;
        int err;
        do {
                err = compact_store(&request, &done, &toy->info);
        } while (err == ERR_CONFIG);
        assert_int_equal(err, 0);
        (void)room_of(toy);
        toy_grow(toy, "source-1", 10, 3000000);
}

static void a_full_disk_leaves_the_old_store(void **state)
{
        struct toy *toy = *state;
        char *made = arena_printf(&toy->arena, "%s.compact", source(toy));
        const struct compaction request = {.directory = source(toy), .always = true};
        bool done;
        char *stores = arena_printf(&toy->arena, "%s/stores", toy->run),
             *aside = arena_printf(&toy->arena, "%s/aside", toy->run);
        assert_int_equal(rename(stores, aside), 0);
        assert_int_equal(mkdir(stores, 0700), 0);
        if (mount("tmpfs", stores, "tmpfs", 0, "size=64m") != 0) {
                print_message("skipped: mounting a small disk takes root\n");
                skip();
        }
        toy_grow(toy, "source-1", 5000, 1000000);
        uint64_t used = room_of(toy).used_bytes;
        char *size = arena_printf(&toy->arena, "size=%llu", (unsigned long long)(used + used / 2));
        assert_int_equal(mount("tmpfs", stores, "tmpfs", MS_REMOUNT, size), 0);
        int err = compact_store(&request, &done, &toy->info);
        bool left = access(made, F_OK) == 0;
        struct store_room room = room_of(toy);
        assert_int_equal(umount2(stores, MNT_DETACH), 0);
        assert_int_equal(err, ERR_DISK_FULL);
        assert_non_null(strstr(toy->info.text, "Rien n'a été remplacé"));
        assert_false(left);
        assert_true(room.used_bytes > 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(free_pages_go_and_rows_stay),
                TEST(a_store_that_is_written_is_left_alone),
                TEST(killed_it_leaves_a_whole_store),
                TEST(a_full_disk_leaves_the_old_store),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
