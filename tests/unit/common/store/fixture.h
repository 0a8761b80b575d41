/* fixture.h: a store with the runtime's tables only, in a directory of its own, for the tests of what is kept in them.
 * For cmocka's setup and teardown; `f->txn` is a write transaction that is open until fixture_commit(). */
#ifndef TESTS_UNIT_COMMON_STORE_FIXTURE_H
#define TESTS_UNIT_COMMON_STORE_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/store/runtime_tables.h"
#include "common/store/store.h"

struct fixture {
        struct world world;
        char directory[64];
        struct store *store;
        struct txn *txn;
        struct arena arena;
        struct err_info info;
};

static inline void fixture_begin(struct fixture *f)
{
        f->txn = txn_begin_write(f->store, &f->info);
        assert_non_null(f->txn);
        txn_allow(f->txn, TABLE_RUNTIME);
}

static inline void fixture_commit(struct fixture *f)
{
        assert_int_equal(txn_commit(f->txn, &f->info), 0);
        fixture_begin(f);
}

static inline int setup(void **state)
{
        static const struct table_spec tables[] = {RUNTIME_TABLE_SPECS};
        struct store_spec spec = {.service = "toy",
                                  .version = 1,
                                  .tables = tables,
                                  .table_count = ARRAY_SIZE(tables),
                                  .map_bytes_max = (uint64_t)64 << 20};
        struct fixture *f = calloc(1, sizeof(*f));
        assert_non_null(f);
        f->world = world_seeded(1, 1000);
        (void)snprintf(f->directory, sizeof(f->directory), "/tmp/guichet-test-store-XXXXXX");
        assert_non_null(mkdtemp(f->directory));
        assert_int_equal(store_open(&spec, f->directory, &f->world, &f->store, &f->info), 0);
        fixture_begin(f);
        *state = f;
        return 0;
}

static inline int teardown(void **state)
{
        static const char *const files[] = {"data.mdb", "lock.mdb"};
        struct fixture *f = *state;
        char path[128];
        if (f->txn != NULL)
                txn_abort(f->txn);
        store_close(f->store);
        arena_fini(&f->arena);
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s", f->directory, files[i]);
                (void)remove(path);
        }
        int failed = remove(f->directory);
        free(f);
        return failed;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
