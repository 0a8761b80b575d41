#include "tests/lib/whole.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "types.pb-c.h"

enum { ID_BYTES = 16, SOME_DAY = 20000, SOME_MONTH = 660 };

static ProtobufCBinaryData some_bytes(size_t size, struct arena *arena)
{
        uint8_t *data = arena_alloc(arena, size);
        memset(data, 1, size);
        return (ProtobufCBinaryData){.len = size, .data = data};
}

/* What is one value in JSON. False: a message with parts. */
static bool put_quantity(ProtobufCMessage *message, struct arena *arena)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;
        if (type == &types__id__descriptor)
                ((Types__Id *)message)->value = some_bytes(ID_BYTES, arena);
        else if (type == &types__day__descriptor)
                ((Types__Day *)message)->days = SOME_DAY;
        else if (type == &types__month__descriptor)
                ((Types__Month *)message)->months = SOME_MONTH;
        else if (type == &types__instant__descriptor)
                ((Types__Instant *)message)->ms = 1;
        else if (type == &types__hours__descriptor)
                ((Types__Hours *)message)->hundredths = 1;
        else if (type == &types__money__descriptor)
                ((Types__Money *)message)->cents = 1;
        else if (type == &types__share__descriptor)
                ((Types__Share *)message)->millionths = 1;
        else if (type == &types__decimal__descriptor)
                ((Types__Decimal *)message)->millionths = 1;
        else
                return false;
        return true;
}

static void put_value(const ProtobufCFieldDescriptor *field, void *member, struct arena *arena)
{
        static char text[] = "texte";
        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL:
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_UINT32: *(uint32_t *)member = 1; break;
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_UINT64: *(uint64_t *)member = 1; break;
        case PROTOBUF_C_TYPE_ENUM: /* 0 is "not told" */
                *(int32_t *)member = ((const ProtobufCEnumDescriptor *)field->descriptor)->values[1].value;
                break;
        case PROTOBUF_C_TYPE_STRING: *(char **)member = text; break;
        case PROTOBUF_C_TYPE_BYTES: *(ProtobufCBinaryData *)member = some_bytes(1, arena); break;
        case PROTOBUF_C_TYPE_MESSAGE: *(ProtobufCMessage **)member = whole_message(field->descriptor, arena); break;
        default: require_failed("a type of field that proto/ did not use before", __FILE__, __LINE__, __func__);
        }
}

ProtobufCMessage *whole_message(const ProtobufCMessageDescriptor *type, struct arena *arena)
{
        ProtobufCMessage *message = pb_new(type, arena);
        if (put_quantity(message, arena))
                return message;
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                uint8_t *member = (uint8_t *)message + field->offset;
                uint8_t *quantifier = (uint8_t *)message + field->quantifier_offset;
                void *value = member;
                if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                        value = arena_zalloc(arena, sizeof(ProtobufCBinaryData)); /* the largest of them */
                        *(void **)(void *)member = value;
                        *(size_t *)(void *)quantifier = 1;
                } else if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
                        *(uint32_t *)(void *)quantifier = field->id;
                }
                put_value(field, value, arena);
        }
        return message;
}
