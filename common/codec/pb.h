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

/* Repeated fields, and any list: room for one more at its end; *count is raised. Right whether the list was decoded, is
 * somebody else's too or grew here, where it is cheap: arena_extend(). */
void *pb_append(const void *list, size_t *count, size_t element_size, struct arena *arena) ATTR_MUST_CHECK;

/* One more text of a repeated field, warnings say; NULL: none. */
void pb_append_text(char ***texts, size_t *count, char *text, struct arena *arena);

static inline ProtobufCBinaryData pb_bytes(struct slice slice)
{
        return (ProtobufCBinaryData){.len = slice.size, .data = (uint8_t *)(uintptr_t)slice.data};
}

static inline struct slice pb_slice(ProtobufCBinaryData bytes)
{
        return slice_of(bytes.data, bytes.len);
}

#endif
