/* look.h: what LMDB knows of its own pages and readers, for store_room(). Inside common/store only. */
#ifndef COMMON_STORE_LOOK_H
#define COMMON_STORE_LOOK_H

#include <lmdb.h>
#include <stdint.h>

struct store_room;
void look_room(MDB_env *env, struct store_room *ret);
uint64_t look_free_pages(MDB_txn *txn);
/* For mdb_reader_list(): *argument, a uint64_t, becomes the number of the oldest commit that somebody looks at. */
int look_note_oldest(const char *line, void *argument);

#endif
