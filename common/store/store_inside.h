/* store_inside.h: what store.c and its neighbours share. Not for other rooms. */
#ifndef COMMON_STORE_STORE_INSIDE_H
#define COMMON_STORE_STORE_INSIDE_H

#include <lmdb.h>
#include <pthread.h>

#include "common/store/budget.h"
#include "common/store/recent.h"
#include "common/store/store.h"

enum { TABLES_MAX = 112 };

struct txn {
        struct store *store;
        MDB_txn *handle;
        enum table_kind allowed;
        bool write;
        int err;
        char text[160];
        struct budget budget; /* of a query */
        struct recent recent;
        void (*watch)(void *argument, size_t table, struct slice key); /* txn_watch() */
        void *watch_argument;
};

struct store {
        MDB_env *env;
        int held; /* see lock.h; -1: it only looks */
        struct world *world;
        const struct table_spec *tables;
        size_t table_count;
        MDB_dbi dbis[TABLES_MAX];
        MDB_dbi meta;
        uint64_t map_bytes;
        uint64_t map_bytes_max;
        pthread_rwlock_t growing; /* readers hold it while a snapshot is open; growing needs them all gone */
        bool readers_checked;     /* for dead ones, when */
        uint64_t readers_checked_us;
        struct txn writer;
        struct txn reader; /* the loop thread's, renewed for each snapshot */
};

#endif
