/* id.h: identifiers. UUIDv7 (RFC 9562): 48 bits of UTC milliseconds, so keys grow with time, then 12 bits of partition
 * (0 where the owner is not partitioned) in rand_a, then 62 random bits. Any daemon can route on the id alone. */
#ifndef COMMON_BASE_ID_H
#define COMMON_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/slice.h"
#include "common/base/world.h"

struct id {
        uint8_t b[16];
};

enum { ID_TEXT_SIZE = 37, ID_PARTITION_MAX = 4095 };

struct id id_new(struct world *world, int64_t now_ms, uint32_t partition);
/* The same 16 bytes for the same input: an id for what a file names by itself (a published contract, a SIRET).
 * Version 8 of RFC 9562; its first 48 bits are `ms`. */
struct id id_derived(int64_t ms, struct slice name);
uint32_t id_partition(struct id id);
int64_t id_instant_ms(struct id id); /* when it was drawn, UTC */

int id_parse(const char *text, struct id *ret) ATTR_MUST_CHECK; /* 0 or ERR_MALFORMED */
void id_format(struct id id, char ret_text[ID_TEXT_SIZE]);

static inline bool id_is_zero(struct id id)
{
        static const struct id zero;
        return memcmp(id.b, zero.b, sizeof(id.b)) == 0;
}

static inline bool id_equal(struct id a, struct id b)
{
        return memcmp(a.b, b.b, sizeof(a.b)) == 0;
}

static inline struct slice id_slice(const struct id *id)
{
        return slice_of(id->b, sizeof(id->b));
}

#endif
