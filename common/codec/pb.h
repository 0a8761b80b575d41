/* pb.h: protobuf-c with arenas. Decoded messages and encoded bytes live in the arena given; nothing is freed apart.
 * The rest of the tree never calls protobuf_c_message_* itself. */
#ifndef COMMON_CODEC_PB_H
#define COMMON_CODEC_PB_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/base/slice.h"

/* The message, or NULL where the bytes are not one. Cast to the type of the descriptor. */
void *pb_decode(const ProtobufCMessageDescriptor *type, struct slice bytes, struct arena *arena) ATTR_MUST_CHECK;
struct slice pb_encode(const void *message, struct arena *arena) ATTR_MUST_CHECK;
size_t pb_size(const void *message); /* of its bytes */

/* An empty message of `type` in the arena, to be filled in. */
void *pb_new(const ProtobufCMessageDescriptor *type, struct arena *arena) ATTR_MUST_CHECK;

/* Arrays of repeated fields: room for one more; *count is raised. Doubles at powers of two, so appending is cheap. */
void *pb_append(void *array, size_t *count, size_t element_size, struct arena *arena) ATTR_MUST_CHECK;

/* The same for a list that was read, which has no room behind its last element: a new list each time. */
void *pb_extend(const void *array, size_t *count, size_t element_size, struct arena *arena) ATTR_MUST_CHECK;

static inline ProtobufCBinaryData pb_bytes(struct slice slice)
{
        return (ProtobufCBinaryData){.len = slice.size, .data = (uint8_t *)(uintptr_t)slice.data};
}

static inline struct slice pb_slice(ProtobufCBinaryData bytes)
{
        return slice_of(bytes.data, bytes.len);
}

#endif
