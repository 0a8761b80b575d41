/* compact.h: a store without its free pages, in the place of the one that has them. Its daemon does not run meanwhile
 * (the store's lock is held). The new file is made beside (DIRECTORY.compact), compared with the old one row by row,
 * and takes its place by one rename: after a crash or on a full disk the store is the old one or the new one, whole. */
#ifndef SERVICES_CTL_BACKUP_COMPACT_H
#define SERVICES_CTL_BACKUP_COMPACT_H

#include "common/store/store.h"

/* A store is compacted where at least one page in eight is free, or `always`. *ret_done: whether it was. */
struct compaction {
        const char *directory;
        bool always;
};
int compact_store(const struct compaction *compaction, bool *ret_done, struct err_info *info) ATTR_MUST_CHECK;

/* Of each table of a store, running or not: what it holds, and the values that are large where rows should be small. */
enum { HOT_VALUE_MAX = 2048 }; /* beyond half a page a value takes pages of its own, and the free list is searched */
struct table_figures {
        const char *name;
        uint64_t rows, bytes, large; /* large: rows whose value is over HOT_VALUE_MAX */
        size_t largest;              /* value, in bytes */
};
int table_figures(const char *directory, struct arena *arena, struct table_figures **ret, size_t *ret_count,
                  struct store_room *ret_room, struct err_info *info) ATTR_MUST_CHECK;

#endif
