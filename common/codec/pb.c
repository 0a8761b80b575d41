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

void *pb_append(void *array, size_t *count, size_t element_size, struct arena *arena)
{
        size_t used = *count;
        bool full = (used & (used - 1)) == 0; /* 0, 1, 2, 4, 8… */

        *count = used + 1;
        if (!full)
                return array;
        void *larger = arena_alloc(arena, (used == 0 ? 1 : used * 2) * element_size);
        if (used > 0)
                memcpy(larger, array, used * element_size);
        return larger;
}

void *pb_extend(const void *array, size_t *count, size_t element_size, struct arena *arena)
{
        void *larger = arena_zalloc(arena, (*count + 1) * element_size);
        if (*count > 0)
                memcpy(larger, array, *count * element_size);
        ++*count;
        return larger;
}
