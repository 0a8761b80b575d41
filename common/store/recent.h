/* recent.h: the last rows that a transaction read. A command reads the same two or three for its right, its rule and
 * its version: the second time costs no search. Forgotten at each write, as LMDB's values are. Pure. */
#ifndef COMMON_STORE_RECENT_H
#define COMMON_STORE_RECENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

enum { RECENT_ROWS = 4, RECENT_KEY_SIZE = 40 };

struct recent {
        struct {
                size_t table;
                size_t key_size;
                uint8_t key[RECENT_KEY_SIZE];
                struct slice value;
        } rows[RECENT_ROWS];
        size_t count; /* read since the last write, those that were replaced since too */
};

static inline void recent_forget(struct recent *recent)
{
        recent->count = 0;
}

/* A row of a longer key is not kept. */
void recent_keep(struct recent *recent, size_t table, struct slice key, struct slice value);
bool recent_find(const struct recent *recent, size_t table, struct slice key, struct slice *ret_value);

#endif
