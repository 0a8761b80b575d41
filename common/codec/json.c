#include "common/codec/json.h"

#include <inttypes.h>
#include <stdio.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/json_form.h"
#include "common/codec/path.h"

static void drop(json_t **json)
{
        json_decref(*json);
}

/* For `return keep(&object);` of a scoped(drop) variable. */
static json_t *keep(json_t **json)
{
        json_t *kept = *json;
        *json = NULL;
        return kept;
}

static json_t *of_enum(const ProtobufCEnumDescriptor *type, int32_t number)
{
        const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(type, number);
        return value != NULL ? json_string(value->name) : json_integer(number); /* of a later version */
}

static json_t *of_unsigned(uint64_t number)
{
        char text[24];
        (void)snprintf(text, sizeof(text), "%" PRIu64, number);
        return json_string(text);
}

static json_t *of_signed(int64_t number)
{
        char text[24];
        (void)snprintf(text, sizeof(text), "%" PRId64, number);
        return json_string(text);
}

static json_t *of_text(const char *text)
{
        return json_of_utf8(text == NULL ? "" : text);
}

static json_t *of_value(const ProtobufCFieldDescriptor *field, const void *member)
{
        const ProtobufCBinaryData *bytes = member;

        switch (field->type) {
        case PROTOBUF_C_TYPE_INT32:
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_SFIXED32: return json_integer(*(const int32_t *)member);
        case PROTOBUF_C_TYPE_UINT32:
        case PROTOBUF_C_TYPE_FIXED32: return json_integer(*(const uint32_t *)member);
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64:
        case PROTOBUF_C_TYPE_SFIXED64: return of_signed(*(const int64_t *)member);
        case PROTOBUF_C_TYPE_UINT64:
        case PROTOBUF_C_TYPE_FIXED64: return of_unsigned(*(const uint64_t *)member);
        case PROTOBUF_C_TYPE_BOOL: return json_boolean(*(const protobuf_c_boolean *)member);
        case PROTOBUF_C_TYPE_ENUM: return of_enum(field->descriptor, *(const int32_t *)member);
        case PROTOBUF_C_TYPE_STRING: return of_text(*(const char *const *)member);
        case PROTOBUF_C_TYPE_BYTES: return json_of_bytes(bytes->data, bytes->len);
        case PROTOBUF_C_TYPE_MESSAGE: return json_of_message(*(const ProtobufCMessage *const *)member);
        case PROTOBUF_C_TYPE_FLOAT:
        case PROTOBUF_C_TYPE_DOUBLE: break;
        }
        require_failed("no float fields in proto/", __FILE__, __LINE__, __func__);
}

static json_t *of_array(const ProtobufCFieldDescriptor *field, const void *values, size_t count)
{
        scoped(drop) json_t *array = json_array();
        size_t size = json_value_size(field);

        for (size_t i = 0; i < count; i++)
                if (json_array_append_new(array, of_value(field, (const uint8_t *)values + i * size)) != 0)
                        return NULL;
        return keep(&array);
}

/* A field without presence that holds the default of proto3 is as good as absent. */
static bool is_default(const ProtobufCFieldDescriptor *field, const void *member)
{
        const char *text;

        switch (field->type) {
        case PROTOBUF_C_TYPE_MESSAGE: return *(const void *const *)member == NULL;
        case PROTOBUF_C_TYPE_STRING: text = *(const char *const *)member; return text == NULL || *text == '\0';
        case PROTOBUF_C_TYPE_BYTES: return ((const ProtobufCBinaryData *)member)->len == 0;
        default: /* the numbers, of either width */
                return json_value_size(field) == sizeof(int64_t) ? *(const int64_t *)member == 0
                                                                 : *(const int32_t *)member == 0;
        }
}

static bool put_field(json_t *object, const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        const uint8_t *start = (const uint8_t *)message;
        const void *member = start + field->offset;
        const void *quantifier = start + field->quantifier_offset;
        char name[PATH_NAME_SIZE];
        json_t *value;

        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                size_t count = *(const size_t *)quantifier;
                if (count == 0)
                        return true;
                value = of_array(field, *(const void *const *)member, count);
        } else if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
                if (*(const uint32_t *)quantifier != field->id)
                        return true;
                value = of_value(field, member);
        } else {
                if (is_default(field, member))
                        return true;
                value = of_value(field, member);
        }
        path_json_name(field->name, name);
        return json_object_set_new(object, name, value) == 0; /* takes the reference even where it fails */
}

json_t *json_of_message(const ProtobufCMessage *message)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;
        const struct json_form *form = json_form_of(type);
        if (form != NULL)
                return form->format(message);

        scoped(drop) json_t *object = json_object();
        for (unsigned i = 0; i < type->n_fields; i++)
                if (!put_field(object, message, &type->fields[i]))
                        return NULL;
        return keep(&object);
}

void json_set_member(json_t *object, const char *name, json_t *value)
{
        require(json_object_set_new(object, name, value) == 0);
}
