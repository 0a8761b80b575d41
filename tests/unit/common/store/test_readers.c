/* Who looks from another process keeps freed pages from being used again: it is told, and the dead are let go of. */
#include "tests/unit/common/store/fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include "common/store/key.h"

enum { MINUTE_MS = 60000, ROWS = 200 };

/* Rewrites all rows: the pages that held them are free, or kept for who looks. */
static void rewrite(struct fixture *f, uint8_t with)
{
        uint8_t row[1000];
        memset(row, with, sizeof(row));
        for (uint32_t i = 0; i < ROWS; i++) {
                struct key key = key_of_u64(i);
                txn_put(f->txn, RUNTIME_LOG, key_slice(&key), slice_of(row, sizeof(row)));
        }
        fixture_commit(f);
}

static struct store_room room_of(struct fixture *f)
{
        struct store_room room;
        store_room(f->store, &room);
        return room;
}

/* As --verify does that is killed half way. */
static void look_and_die(struct fixture *f)
{
        struct store_spec spec = {0};
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                struct store *store = NULL;
                bool looks = store_open_readonly(&spec, f->directory, &store, NULL) == 0 &&
                             txn_begin_read(store, NULL) != NULL;
                _exit(looks ? 0 : 1);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
}

static void free_pages_are_told(void **state)
{
        struct fixture *f = *state;
        rewrite(f, 1);
        uint64_t before = room_of(f).free_bytes;
        rewrite(f, 2);
        assert_true(room_of(f).free_bytes >= before + ROWS * 1000);
        assert_true(room_of(f).free_bytes < room_of(f).used_bytes);
        assert_int_equal(room_of(f).reader_lag, 0);
}

static void a_dead_reader_holds_pages_for_a_minute_at_most(void **state)
{
        struct fixture *f = *state;
        rewrite(f, 1);
        look_and_die(f);
        for (uint8_t i = 2; i < 12; i++)
                rewrite(f, i);
        assert_int_equal(room_of(f).reader_lag, 10);
        f->world.now_ms_value += MINUTE_MS;
        fixture_commit(f);
        rewrite(f, 20);
        assert_int_equal(room_of(f).reader_lag, 0);
        uint64_t used = room_of(f).used_bytes;
        for (uint8_t i = 30; i < 40; i++)
                rewrite(f, i);
        assert_int_equal(room_of(f).used_bytes, used); /* the pages that it held are used again */
}

/* There are few slots for readers: neither who dies nor who looks and goes may use them up. */
static void looking_often_leaves_room_for_readers(void **state)
{
        struct fixture *f = *state;
        struct store_spec spec = {0};
        rewrite(f, 1);
        for (int i = 0; i < 40; i++) {
                pid_t child = fork();
                assert_true(child >= 0);
                if (child == 0) {
                        struct store *store = NULL;
                        _exit(store_open_readonly(&spec, f->directory, &store, NULL) == 0 &&
                                              txn_begin_read(store, NULL) != NULL
                                      ? 0
                                      : 1);
                }
                int status = 0;
                assert_int_equal(waitpid(child, &status, 0), child);
                assert_int_equal(status, 0);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(free_pages_are_told),
                TEST(looking_often_leaves_room_for_readers),
                TEST(a_dead_reader_holds_pages_for_a_minute_at_most),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
