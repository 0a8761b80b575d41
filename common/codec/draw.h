/* draw.h: some of many, by chance that anybody can repeat. Each id has a rank: BLAKE2b of 128 bits of its 16 bytes,
 * keyed with BLAKE2b of 256 bits of the seed's text. The lowest ranks are drawn. The order of the ids does not matter,
 * and nobody can move one without another seed. What a daemon drew, guichetctl draws again. */
#ifndef COMMON_CODEC_DRAW_H
#define COMMON_CODEC_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/id.h"

enum { DRAW_RANK_SIZE = 16 };
void draw_rank(const char *seed, struct id id, uint8_t ret_rank[DRAW_RANK_SIZE]);

/* `count` of them, in ascending order of their ids; all where there are not so many. In the arena. */
struct id *draw_ids(const char *seed, const struct id *frame, size_t size, size_t *count, struct arena *arena);

#endif
