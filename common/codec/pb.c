#include "common/codec/pb.h"

#include "common/base/require.h"

static void *allocate(void *arena, size_t size)
{
        return arena_alloc(arena, size);
}

static void free_nothing(void *arena, void *pointer)
{
        (void)arena;
        (void)pointer;
}

void *pb_decode(const ProtobufCMessageDescriptor *type, struct slice bytes, struct arena *arena)
{
        static const uint8_t nothing[1];
        ProtobufCAllocator allocator = {.alloc = allocate, .free = free_nothing, .allocator_data = arena};
        return protobuf_c_message_unpack(type, &allocator, bytes.size, bytes.size > 0 ? bytes.data : nothing);
}

struct slice pb_encode(const void *message, struct arena *arena)
{
        size_t size = protobuf_c_message_get_packed_size(message);
        uint8_t *bytes = arena_alloc(arena, size);
        require(protobuf_c_message_pack(message, bytes) == size);
        return slice_of(bytes, size);
}

size_t pb_size(const void *message)
{
        return protobuf_c_message_get_packed_size(message);
}

void *pb_new(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
        void *message = arena_alloc(arena, type->sizeof_message);
        protobuf_c_message_init(type, message);
        return message;
}

void *pb_append(const void *list, size_t *count, size_t element_size, struct arena *arena)
{
        return arena_extend(arena, list, (*count)++, element_size);
}

void pb_append_text(char ***texts, size_t *count, char *text, struct arena *arena)
{
        if (text == NULL)
                return;
        *texts = pb_append(*texts, count, sizeof(**texts), arena);
        (*texts)[*count - 1] = text;
}
