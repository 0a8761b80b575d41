/* arena.h: memory that is freed all at once. One per command or message: what a handler allocates lives until its
 * reply is sent. arena_reset() keeps one block of at most 64 KiB for the next use, so that the hot path does not meet
 * malloc. Under AddressSanitizer, what lies beyond an allocation or before a reset is poisoned.
 *
 * Out of memory aborts (require): a daemon that cannot get a few KiB cannot serve; limits.h bounds what peers ask. */
#ifndef COMMON_BASE_ARENA_H
#define COMMON_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/attr.h"
#include "common/base/slice.h"

struct arena_block;

struct arena {
        struct arena_block *blocks; /* newest first */
        uint8_t *next;
        size_t left;
};

void arena_init(struct arena *arena);
void arena_fini(struct arena *arena);  /* accepts a zeroed arena */
void arena_reset(struct arena *arena); /* all that was allocated is gone */

void *arena_alloc(struct arena *arena, size_t size) ATTR_MUST_CHECK;  /* aligned to 16, not cleared */
void *arena_zalloc(struct arena *arena, size_t size) ATTR_MUST_CHECK; /* cleared */
void *arena_copy(struct arena *arena, const void *data, size_t size) ATTR_MUST_CHECK;
struct slice arena_copy_slice(struct arena *arena, struct slice slice);
size_t arena_bytes(const struct arena *arena); /* that it holds of the process, used or not */
/* A list with room for one more element behind its first `count`. In place where the list grew by this function, has
 * the room and nothing was put behind them since; else a copy of it, with as much room again: growing is cheap. Any
 * list may be given, wherever its bytes lie (but for malloc()): one that was decoded has no room behind its last. */
void *arena_extend(struct arena *arena, const void *list, size_t count, size_t element_size) ATTR_MUST_CHECK;
char *arena_text(struct arena *arena, const char *text) ATTR_MUST_CHECK;
char *arena_printf(struct arena *arena, const char *format, ...) ATTR_FORMAT(2, 3) ATTR_MUST_CHECK;

#endif
