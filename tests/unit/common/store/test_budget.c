/* How many rows a query may look at: counted where they are read, and no walk goes on beyond. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/store/budget.h"
#include "common/store/store.h"

enum { T_STATE, T_COPY, T_RUNTIME };
static const struct table_spec tables[] = {{"state", TABLE_STATE}, {"copy", TABLE_COPY}, {"runtime", TABLE_RUNTIME}};

static struct world world;
static char directory[64];
static struct err_info info;

static struct store_spec spec_of(uint32_t version)
{
        return (struct store_spec){.service = "toy", .version = version, .partition = 3, .tables = tables,
                                   .table_count = ARRAY_SIZE(tables), .map_bytes_max = (uint64_t)256 << 20};
}

static int setup(void **state)
{
        (void)state;
        world = world_seeded(1, 1000);
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-test-store-XXXXXX");
        return mkdtemp(directory) == NULL;
}

static int teardown(void **state)
{
        (void)state;
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        (void)remove(path);
        (void)snprintf(path, sizeof(path), "%s/lock.mdb", directory);
        (void)remove(path);
        return remove(directory);
}

static struct store *open_version(uint32_t version)
{
        struct store_spec spec = spec_of(version);
        struct store *store = NULL;
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), 0);
        return store;
}

static void put(struct txn *txn, const char *key, const char *value)
{
        txn_put(txn, T_STATE, slice_of_text(key), slice_of_text(value));
}

static void commit(struct txn *txn)
{
        assert_int_equal(txn_commit(txn, &info), 0);
}

static size_t walk_all(struct txn *txn)
{
        struct scan scan = scan_prefix(txn, T_STATE, slice_of(NULL, 0));
        size_t count = 0;
        while (scan_next(&scan))
                count++;
        scan_end(&scan);
        return count;
}

static void a_query_looks_at_so_many_rows(void **state)
{
        (void)state;
        struct store *store = open_version(1);
        static const char *const keys[] = {"a", "b", "c", "d", "e", "f"};
        struct slice value;
        struct txn *txn = txn_begin_write(store, &info);
        txn_allow(txn, TABLE_STATE);
        for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
                put(txn, keys[i], "x");
        (void)memset(txn_reserve(txn, T_STATE, slice_of_text("g"), 3 * LIMIT_ROW_BYTES), 0, 3 * LIMIT_ROW_BYTES);
        assert_int_equal(walk_all(txn), 7); /* a write has no bound */
        commit(txn);

        txn = txn_begin_read(store, &info);
        assert_int_equal(walk_all(txn), 7); /* nor has a read that is given none */
        txn_look(txn, 3, 5);
        assert_int_equal(walk_all(txn), 5);
        assert_true(txn_overspent(txn) && txn_page_is_spent(txn));
        assert_int_equal(txn_rows_left(txn), 0);
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value)); /* what was found can still be looked up */
        txn_look(txn, 3, 5);
        assert_true(txn_get(txn, T_STATE, slice_of_text("a"), &value));
        assert_false(txn_get(txn, T_STATE, slice_of_text("z"), &value)); /* no row, none looked at */
        assert_int_equal(txn_looked_at(txn), 1);
        assert_true(txn_get(txn, T_STATE, slice_of_text("g"), &value)); /* of three KiB: as long as four */
        assert_int_equal(txn_looked_at(txn), 5);
        assert_false(txn_overspent(txn)); /* nothing was left out */
        txn_look(txn, 3, 5);
        txn_look_short(txn, true);
        assert_int_equal(walk_all(txn), 7); /* a quarter each */
        assert_int_equal(txn_looked_at(txn), 1);
        txn_end_read(txn);
        txn = txn_begin_read(store, &info);
        assert_int_equal(walk_all(txn), 7); /* the next one begins anew */
        txn_end_read(txn);
        store_close(store);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_query_looks_at_so_many_rows, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
