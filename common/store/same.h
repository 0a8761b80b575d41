/* same.h: ids of which it is said, two by two, that they are of one thing: files of one person. A table of its own
 * keeps of two ids how often it was said that they are, less how often that they are not, so that sources may tell it
 * in any order. Key: id, other id, both ways round; value: i32, of this machine's order. */
#ifndef COMMON_STORE_SAME_H
#define COMMON_STORE_SAME_H

#include "common/store/key.h"
#include "common/store/store.h"

enum { SAME_MAX = 64 };
struct same {
        struct id at[SAME_MAX]; /* the first is the one that was asked for */
        size_t count;
};

/* All that are one with it, by whatever way; it alone where nothing was said. */
void same_of(struct txn *txn, size_t table, struct id id, struct same *ret);
/* The least of them: the same, whichever is asked for. */
struct id same_first(struct txn *txn, size_t table, struct id id);
/* Said once more (1), or taken back (-1). Of an id and itself, or of none, nothing is said. */
void same_put(struct txn *txn, size_t table, struct id id, struct id other, int32_t by);

#endif
