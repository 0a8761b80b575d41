#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/store/replace.h"
#include "common/store/runtime_tables.h"
#include "common/store/store.h"

static const struct table_spec tables[] = {RUNTIME_TABLE_SPECS};
static char directory[64], made[80];
static struct world world;
static struct err_info info;

static int setup(void **state)
{
        (void)state;
        world = world_seeded(1, 1000);
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-test-store-XXXXXX");
        assert_non_null(mkdtemp(directory));
        (void)snprintf(made, sizeof(made), "%s/made", directory);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        store_remove(directory);
        return access(directory, F_OK) == 0;
}

/* A store whose only row says who it is. */
static void make(const char *where, const char *who)
{
        struct store_spec spec = {.service = "toy",
                                  .version = 1,
                                  .tables = tables,
                                  .map_bytes_max = 64 << 20,
                                  .table_count = ARRAY_SIZE(tables),
                                  .unsafe = true};
        struct store *store = NULL;
        assert_int_equal(store_open(&spec, where, &world, &store, &info), 0);
        struct txn *txn = txn_begin_write(store, &info);
        txn_put(txn, RUNTIME_HEAD, slice_of_text("who"), slice_of_text(who));
        assert_int_equal(txn_commit(txn, &info), 0);
        assert_int_equal(store_sync(store, &info), 0);
        store_close(store);
}

static void assert_is(struct store *store, const char *who)
{
        struct slice value;
        struct txn *txn = txn_begin_read(store, &info);
        assert_true(txn_get(txn, RUNTIME_HEAD, slice_of_text("who"), &value));
        assert_true(slice_equal(value, slice_of_text(who)));
        txn_end_read(txn);
}

static struct store *look(void)
{
        struct store_spec spec = {.tables = tables, .table_count = ARRAY_SIZE(tables)};
        struct store *store = NULL;
        assert_int_equal(store_open_readonly(&spec, directory, &store, &info), 0);
        return store;
}

static void the_new_one_stands_where_the_old_one_was(void **state)
{
        (void)state;
        make(directory, "old");
        make(made, "new");
        struct store *viewer = look();
        assert_is(viewer, "old");
        assert_int_equal(store_replace(made, directory, &info), 0);
        assert_int_not_equal(access(made, F_OK), 0);
        struct store *after = look();
        assert_is(after, "new");
        assert_is(viewer, "old"); /* who looked goes on seeing what it saw */
        store_close(after);
        store_close(viewer);
        make(directory, "newer"); /* and it is written on */
}

static void without_a_new_one_the_old_one_stays(void **state)
{
        (void)state;
        make(directory, "old");
        assert_int_not_equal(store_replace(made, directory, &info), 0);
        assert_non_null(strstr(info.text, directory));
        struct store *store = look();
        assert_is(store, "old");
        store_close(store);
}

static void a_store_that_is_not_there_is_removed_already(void **state)
{
        (void)state;
        store_remove(made);
        assert_int_not_equal(access(made, F_OK), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(the_new_one_stands_where_the_old_one_was),
                TEST(without_a_new_one_the_old_one_stays),
                TEST(a_store_that_is_not_there_is_removed_already),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
