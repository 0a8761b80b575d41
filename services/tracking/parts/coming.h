/* coming.h: what other partitions have sent of a step that is not whole yet, in memory: what a crash takes away is sent
 * again. Writer thread. */
#ifndef SERVICES_TRACKING_PARTS_COMING_H
#define SERVICES_TRACKING_PARTS_COMING_H

#include "common/service/work.h"

enum { PARTS_COMING_MAX = 8, PART_STEP_BYTES_MAX = 64 * 1024 * 1024, PART_PIECE_BYTES = 160 * 1024 };

struct parts_coming *parts_coming_new(void);
void parts_coming_free(struct parts_coming *coming); /* accepts NULL */

/* A piece of a step, from the first byte on; *ret_next: the byte that is wanted now. A piece that is not the wanted one
 * is passed over; one of another step begins that anew. False: it would be longer than any. */
struct part_piece {
        struct id part;
        uint64_t step, at;
        struct slice bytes;
};
bool parts_coming_put(struct parts_coming *coming, const struct part_piece *piece, uint64_t *ret_next);
/* What has come of it; empty: nothing. Its own until the next call. */
struct slice parts_coming_of(const struct parts_coming *coming, struct id part, uint64_t step);
void parts_coming_drop(struct parts_coming *coming, struct id part);

#endif
