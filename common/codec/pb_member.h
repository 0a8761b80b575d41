/* pb_member.h: where a field's value lies in a message's struct, and how many bytes one value of it takes, for code
 * that goes through messages by their descriptors. */
#ifndef COMMON_CODEC_PB_MEMBER_H
#define COMMON_CODEC_PB_MEMBER_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

static inline const void *pb_member(const ProtobufCMessage *message, size_t offset)
{
        return (const uint8_t *)message + offset;
}

static inline void *pb_member_to_set(ProtobufCMessage *message, size_t offset)
{
        return (uint8_t *)message + offset;
}

/* Of one value: the member itself, or an element of its list. */
static inline size_t pb_value_size(const ProtobufCFieldDescriptor *field)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64:
        case PROTOBUF_C_TYPE_SFIXED64:
        case PROTOBUF_C_TYPE_UINT64:
        case PROTOBUF_C_TYPE_FIXED64:
        case PROTOBUF_C_TYPE_DOUBLE: return sizeof(uint64_t);
        case PROTOBUF_C_TYPE_STRING:
        case PROTOBUF_C_TYPE_MESSAGE: return sizeof(void *);
        case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
        case PROTOBUF_C_TYPE_BOOL: return sizeof(protobuf_c_boolean);
        default: return sizeof(uint32_t);
        }
}

#endif
