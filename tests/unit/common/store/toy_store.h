/* toy_store.h: a store with a table of each kind, in a directory of its own, for the tests of the store itself. For
 * cmocka's setup and teardown; one store at a time. */
#ifndef TESTS_UNIT_COMMON_STORE_TOY_STORE_H
#define TESTS_UNIT_COMMON_STORE_TOY_STORE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "common/store/store.h"

enum { T_STATE, T_COPY, T_RUNTIME };
static const struct table_spec tables[] = {{"state", TABLE_STATE}, {"copy", TABLE_COPY}, {"runtime", TABLE_RUNTIME}};

static struct world world;
static char directory[64];
static struct err_info info;

static inline struct store_spec spec_of(uint32_t version)
{
        return (struct store_spec){.service = "toy",
                                   .version = version,
                                   .partition = 3,
                                   .tables = tables,
                                   .table_count = ARRAY_SIZE(tables),
                                   .map_bytes_max = (uint64_t)256 << 20};
}

static inline int setup(void **state)
{
        (void)state;
        world = world_seeded(1, 1000);
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-test-store-XXXXXX");
        return mkdtemp(directory) == NULL;
}

static inline int teardown(void **state)
{
        (void)state;
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        (void)remove(path);
        (void)snprintf(path, sizeof(path), "%s/lock.mdb", directory);
        (void)remove(path);
        return remove(directory);
}

static inline struct store *open_version(uint32_t version)
{
        struct store_spec spec = spec_of(version);
        struct store *store = NULL;
        assert_int_equal(store_open(&spec, directory, &world, &store, &info), 0);
        return store;
}

static inline void put(struct txn *txn, const char *key, const char *value)
{
        txn_put(txn, T_STATE, slice_of_text(key), slice_of_text(value));
}

static inline void commit(struct txn *txn)
{
        assert_int_equal(txn_commit(txn, &info), 0);
}

#endif
