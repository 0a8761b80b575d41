/* rows.h: the rows of a table as the plain bytes of chunks, and back. A chunk is whole rows of one table, in key order,
 * each u32 size of the key, u32 size of the value (big-endian), key, value.
 *
 * Where a chunk ends is told by the keys themselves (a hash of the key says so about once in 512 rows), so that a
 * changed row changes its own chunk and no other: what did not change since the last backup has the same chunks. */
#ifndef SERVICES_CTL_BACKUP_ROWS_H
#define SERVICES_CTL_BACKUP_ROWS_H

#include <stdbool.h>

#include "common/base/slice.h"

enum { ROWS_CHUNK_MIN = 64 * 1024, ROWS_CHUNK_MAX = 1024 * 1024 };

/* Where rows gather. Zeroed at first. */
struct rows {
        uint8_t *bytes;
        size_t size, room;
};

/* True: the chunk is full, take rows_slice() and then rows_clear(). */
bool rows_add(struct rows *rows, struct slice key, struct slice value);
struct slice rows_slice(const struct rows *rows);
void rows_clear(struct rows *rows);
void rows_fini(struct rows *rows); /* accepts a zeroed one */

/* The next row of what is left, which shrinks. False at the end, or where the bytes are no rows (then `rest` is not
 * empty). */
bool rows_next(struct slice *rest, struct slice *ret_key, struct slice *ret_value);

#endif
