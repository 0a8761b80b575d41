/* What is not a store any more is told in words, before LMDB would be ended by a signal. */
#include "tests/unit/common/store/fixture.h"

#include "common/store/key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS = 5000, PAGE = 4096 };

static const struct table_spec runtime[] = {RUNTIME_TABLE_SPECS};

static struct store_spec spec_of(bool must_exist)
{
        return (struct store_spec){.service = "toy",
                                   .version = 1,
                                   .tables = runtime,
                                   .table_count = ARRAY_SIZE(runtime),
                                   .map_bytes_max = (uint64_t)64 << 20,
                                   .must_exist = must_exist};
}

static int open_again(struct fixture *f, bool must_exist)
{
        struct store_spec spec = spec_of(must_exist);
        store_close(f->store);
        f->store = NULL;
        f->info = (struct err_info){0};
        return store_open(&spec, f->directory, &f->world, &f->store, &f->info);
}

static void close_store(struct fixture *f)
{
        txn_abort(f->txn);
        f->txn = NULL;
        store_close(f->store);
        f->store = NULL;
}

static int data_file(struct fixture *f)
{
        char path[96];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", f->directory);
        int fd = open(path, O_RDWR | O_CLOEXEC);
        assert_true(fd >= 0);
        return fd;
}

static void fill(struct fixture *f)
{
        uint8_t value[100] = {1};
        for (uint64_t i = 0; i < ROWS; i++) {
                struct key key = key_of_u64(i);
                txn_put(f->txn, RUNTIME_LOG, key_slice(&key), slice_of(value, sizeof(value)));
        }
        fixture_commit(f);
        close_store(f);
}

static void reopen(struct fixture *f) /* for teardown: a sound store with a transaction open */
{
        char path[96];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", f->directory);
        (void)unlink(path);
        assert_int_equal(open_again(f, false), 0);
        fixture_begin(f);
}

static void is_damaged(struct fixture *f)
{
        assert_int_equal(open_again(f, true), ERR_STORE);
        assert_non_null(strstr(f->info.text, f->directory));
        assert_non_null(strstr(f->info.text, "damaged"));
        assert_non_null(strstr(f->info.text, "guichetctl restore"));
}

static void a_sound_store_opens(void **state)
{
        struct fixture *f = *state;
        fill(f);
        assert_int_equal(open_again(f, true), 0);
        fixture_begin(f);
}

static void a_cut_file_is_told(void **state)
{
        struct fixture *f = *state;
        struct stat facts;
        fill(f);
        int fd = data_file(f);
        assert_int_equal(fstat(fd, &facts), 0);
        for (int part = 7; part > 0; part -= 2) {
                assert_int_equal(ftruncate(fd, facts.st_size * part / 8 / PAGE * PAGE), 0);
                is_damaged(f);
        }
        (void)close(fd);
        reopen(f);
}

static void first_pages_of_nothing_are_told(void **state)
{
        struct fixture *f = *state;
        uint8_t zeros[2 * PAGE] = {0};
        fill(f);
        int fd = data_file(f);
        assert_int_equal(pwrite(fd, zeros, sizeof(zeros), 0), sizeof(zeros));
        (void)close(fd);
        is_damaged(f);
        reopen(f);
}

/* Every page but the first two becomes nonsense. */
static void pages_of_nonsense_are_told(void **state)
{
        struct fixture *f = *state;
        uint8_t nonsense[PAGE];
        struct stat facts;
        fill(f);
        memset(nonsense, 0xA5, sizeof(nonsense));
        int fd = data_file(f);
        assert_int_equal(fstat(fd, &facts), 0);
        for (off_t at = (off_t)2 * PAGE; at < facts.st_size; at += PAGE)
                assert_int_equal(pwrite(fd, nonsense, sizeof(nonsense), at), sizeof(nonsense));
        (void)close(fd);
        is_damaged(f);
        reopen(f);
}

static void a_lost_store_is_not_made_anew(void **state)
{
        struct fixture *f = *state;
        fill(f);
        int fd = data_file(f);
        assert_int_equal(ftruncate(fd, 0), 0);
        (void)close(fd);
        assert_int_equal(open_again(f, true), ERR_STORE);
        assert_non_null(strstr(f->info.text, "lost"));
        char path[96];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", f->directory);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(open_again(f, true), ERR_STORE);
        assert_non_null(strstr(f->info.text, "lost"));
        assert_int_equal(open_again(f, false), 0); /* where it was never made, it is */
        fixture_begin(f);
}

static void one_process_has_it_and_nobody_else_may_write_it(void **state)
{
        struct fixture *f = *state;
        struct store_spec spec = spec_of(false);
        struct store *second = NULL;
        assert_int_equal(store_open(&spec, f->directory, &f->world, &second, &f->info), ERR_CONFIG);
        assert_non_null(strstr(f->info.text, "another process"));

        close_store(f);
        assert_int_equal(chmod(f->directory, 0777), 0);
        assert_int_equal(open_again(f, false), ERR_CONFIG);
        assert_non_null(strstr(f->info.text, "others may write"));
        assert_int_equal(chmod(f->directory, 0700), 0);
        assert_int_equal(open_again(f, false), 0);
        fixture_begin(f);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(a_sound_store_opens),
                TEST(a_cut_file_is_told),
                TEST(first_pages_of_nothing_are_told),
                TEST(pages_of_nonsense_are_told),
                TEST(a_lost_store_is_not_made_anew),
                TEST(one_process_has_it_and_nobody_else_may_write_it),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
