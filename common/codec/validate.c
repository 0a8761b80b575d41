#include "common/codec/validate.h"

#include <string.h>

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/limits.h"
#include "common/base/quantity.h"
#include "common/base/text.h"
#include "common/codec/json_form.h"
#include "common/codec/path.h"
#include "types.pb-c.h"

static bool walk(const ProtobufCMessage *message, const struct path *path, struct refusal *ret);

static bool no(struct refusal *ret, const struct path *path, const char *remedy)
{
        char field[PATH_TEXT_SIZE];
        path_format(path, field);
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "%s %s", field, remedy);
}

/* ---- the messages of types.proto whose numbers do not all mean something */

static bool id_holds(const ProtobufCMessage *message)
{
        return ((const Types__Id *)message)->value.len == sizeof(struct id);
}

static bool day_holds(const ProtobufCMessage *message)
{
        return day_valid(day_of_number(((const Types__Day *)message)->days));
}

static bool month_holds(const ProtobufCMessage *message)
{
        return month_valid(month_of_number(((const Types__Month *)message)->months));
}

static bool instant_holds(const ProtobufCMessage *message)
{
        return instant_valid(((const Types__Instant *)message)->ms);
}

static bool share_holds(const ProtobufCMessage *message)
{
        return ((const Types__Share *)message)->millionths <= SHARE_ONE_MILLIONTHS;
}

static bool form_holds(const ProtobufCMessage *message)
{
        static const struct {
                const ProtobufCMessageDescriptor *type;
                bool (*holds)(const ProtobufCMessage *message);
        } checks[] = {
            {&types__id__descriptor, id_holds},       {&types__day__descriptor, day_holds},
            {&types__month__descriptor, month_holds}, {&types__instant__descriptor, instant_holds},
            {&types__share__descriptor, share_holds},
        };
        for (size_t i = 0; i < ARRAY_SIZE(checks); i++)
                if (checks[i].type == message->descriptor)
                        return checks[i].holds(message);
        return true;
}

/* ---- values and fields */

static bool text_holds(const char *text, const struct path *path, struct refusal *ret)
{
        size_t size = text == NULL ? 0 : strlen(text);

        if (size > LIMIT_TEXT_BYTES) {
                char field[PATH_TEXT_SIZE];
                path_format(path, field);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "%s est trop long : %d octets au plus, soit environ une page", field, LIMIT_TEXT_BYTES);
        }
        return size == 0 || utf8_valid(text, size) || no(ret, path, "doit être un texte en UTF-8");
}

static bool value_holds(const ProtobufCFieldDescriptor *field, const void *member, const struct path *path,
                        struct refusal *ret)
{
        const ProtobufCMessage *message;

        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING: return text_holds(*(const char *const *)member, path, ret);
        case PROTOBUF_C_TYPE_ENUM:
                return protobuf_c_enum_descriptor_get_value(field->descriptor, *(const int32_t *)member) != NULL ||
                       no(ret, path, "n'est pas une valeur connue : cette version du réseau ne la comprend pas");
        case PROTOBUF_C_TYPE_MESSAGE:
                message = *(const ProtobufCMessage *const *)member;
                return message == NULL || walk(message, path, ret);
        default: /* any number, any bytes */ return true;
        }
}

static bool field_holds(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message, const struct path *path,
                        struct refusal *ret)
{
        const uint8_t *start = (const uint8_t *)message;
        const void *member = start + field->offset;

        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                size_t count = *(const size_t *)(const void *)(start + field->quantifier_offset);
                size_t size = json_value_size(field);
                const uint8_t *values = *(const uint8_t *const *)member;
                for (size_t i = 0; i < count; i++) {
                        struct path element = {.parent = path, .index = (long)i};
                        if (!value_holds(field, values + i * size, &element, ret))
                                return false;
                }
                return true;
        }
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
            *(const uint32_t *)(const void *)(start + field->quantifier_offset) != field->id)
                return true; /* the bytes there are another field's */
        return value_holds(field, member, path, ret);
}

static bool walk(const ProtobufCMessage *message, const struct path *path, struct refusal *ret)
{
        const struct json_form *form = json_form_of(message->descriptor);

        if (message->n_unknown_fields > 0) {
                char field[PATH_TEXT_SIZE];
                path_format(path, field);
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "le champ numéro %u n'est pas connu ici : mettez le programme qui demande et ce service "
                              "à la même version",
                              message->unknown_fields[0].tag);
        }
        if (form != NULL)
                return form_holds(message) || no(ret, path, form->remedy);
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                struct path here = {.parent = path, .name = field->name};
                if (!field_holds(field, message, &here, ret))
                        return false;
        }
        return true;
}

bool validate_message(const ProtobufCMessage *message, struct refusal *ret)
{
        return walk(message, NULL, ret);
}
