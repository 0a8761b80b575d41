#include "common/store/look.h"

#include <stdio.h>
#include <string.h>

#include "common/store/store.h"

/* LMDB keeps the numbers of free pages in a table of its own, a row for each commit that freed some: how many, which.
 */
uint64_t look_free_pages(MDB_txn *txn)
{
        enum { FREE_TABLE = 0, ROWS_MAX = 20000 }; /* bounded: this is asked on the loop thread */
        MDB_cursor *cursor;
        MDB_val k, v;
        uint64_t count = 0;
        if (mdb_cursor_open(txn, FREE_TABLE, &cursor) != 0)
                return 0;
        for (int i = 0; i < ROWS_MAX && mdb_cursor_get(cursor, &k, &v, MDB_NEXT) == 0; i++) {
                size_t pages;
                memcpy(&pages, v.mv_data, sizeof(pages));
                count += pages;
        }
        mdb_cursor_close(cursor);
        return count;
}

/* A line for each reader: process, thread, number of the commit that its snapshot is of, or "-". */
int look_note_oldest(const char *line, void *argument)
{
        uint64_t *oldest = argument;
        unsigned long long commit;
        if (sscanf(line, "%*d %*x %llu", &commit) == 1 && commit < *oldest)
                *oldest = commit;
        return 0;
}

void look_room(MDB_env *env, struct store_room *ret)
{
        MDB_envinfo stored;
        MDB_stat stat;
        MDB_txn *look;
        (void)mdb_env_info(env, &stored);
        (void)mdb_env_stat(env, &stat);
        uint64_t oldest = stored.me_last_txnid;
        (void)mdb_reader_list(env, look_note_oldest, &oldest);
        *ret = (struct store_room){
                .used_bytes = (uint64_t)(stored.me_last_pgno + 1) * stat.ms_psize,
                .map_bytes = stored.me_mapsize,
                .reader_lag = stored.me_last_txnid - oldest,
        };
        if (mdb_txn_begin(env, NULL, MDB_RDONLY, &look) == 0) {
                ret->free_bytes = look_free_pages(look) * stat.ms_psize;
                mdb_txn_abort(look);
        }
}
