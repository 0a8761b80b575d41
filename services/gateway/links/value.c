#include "services/gateway/links/value.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/pb_member.h"
#include "common/codec/types.h"

enum { NAME_SIZE = 64, TYPED_SIZE = 4096 };

enum value_kind value_kind(const ProtobufCFieldDescriptor *field)
{
        static const struct {
                const ProtobufCMessageDescriptor *type;
                enum value_kind kind;
        } kinds[] = {
                {&types__hours__descriptor, VALUE_HOURS},     {&types__money__descriptor, VALUE_MONEY},
                {&types__day__descriptor, VALUE_DAY},         {&types__month__descriptor, VALUE_MONTH},
                {&types__instant__descriptor, VALUE_INSTANT},
        };
        if (field->type == PROTOBUF_C_TYPE_STRING)
                return VALUE_TEXT;
        if (field->type == PROTOBUF_C_TYPE_ENUM)
                return VALUE_ENUM;
        for (size_t i = 0; field->type == PROTOBUF_C_TYPE_MESSAGE && i < ARRAY_SIZE(kinds); i++)
                if (field->descriptor == kinds[i].type)
                        return kinds[i].kind;
        return VALUE_OTHER;
}

/* A path's first name; *ret_picks: of a list, the element of the link's month. Returns what follows; NULL: nothing. */
static const char *first_name(const char *path, char ret_name[NAME_SIZE], bool *ret_picks)
{
        size_t size = strcspn(path, ".@");
        require(size < NAME_SIZE);
        memcpy(ret_name, path, size);
        ret_name[size] = '\0';
        *ret_picks = path[size] == '@';
        path += size + *ret_picks;
        return *path == '.' ? path + 1 : NULL;
}

const ProtobufCFieldDescriptor *value_field(const ProtobufCMessageDescriptor *type, const char *path)
{
        for (;;) {
                char name[NAME_SIZE];
                bool picks;
                path = first_name(path, name, &picks);
                const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, name);
                if (field == NULL || path == NULL)
                        return field;
                if (field->type != PROTOBUF_C_TYPE_MESSAGE || picks != (field->label == PROTOBUF_C_LABEL_REPEATED))
                        return NULL;
                type = field->descriptor;
        }
}

static const ProtobufCMessage *message_at(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        return *(const ProtobufCMessage *const *)pb_member(message, field->offset);
}

static const ProtobufCMessage *of_month(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *list,
                                        const Types__Month *month)
{
        size_t count = *(const size_t *)pb_member(message, list->quantifier_offset);
        const ProtobufCFieldDescriptor *named =
                protobuf_c_message_descriptor_get_field_by_name(list->descriptor, "month");
        for (size_t i = 0; named != NULL && month != NULL && i < count; i++) {
                const ProtobufCMessage *element =
                        (*(const ProtobufCMessage *const *const *)pb_member(message, list->offset))[i];
                const Types__Month *found = (const Types__Month *)message_at(element, named);
                if (found != NULL && found->months == month->months)
                        return element;
        }
        return NULL;
}

/* The message that holds the path's last field; NULL: something on the way is absent. */
static const ProtobufCMessage *holder_of(const ProtobufCMessage *message, const char *path, const Types__Month *month,
                                         const ProtobufCFieldDescriptor **ret_field)
{
        while (message != NULL) {
                char name[NAME_SIZE];
                bool picks;
                path = first_name(path, name, &picks);
                *ret_field = protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
                if (*ret_field == NULL || path == NULL)
                        return *ret_field == NULL ? NULL : message;
                message = picks ? of_month(message, *ret_field, month) : message_at(message, *ret_field);
        }
        return NULL;
}

static char *french_of_message(enum value_kind kind, const ProtobufCMessage *value, struct arena *arena)
{
        if (value == NULL)
                return NULL;
        switch (kind) {
        case VALUE_HOURS: return french_hours(arena, hours_of((const Types__Hours *)value));
        case VALUE_MONEY: return french_money(arena, money_of((const Types__Money *)value));
        case VALUE_DAY: return french_day(arena, day_of((const Types__Day *)value));
        case VALUE_MONTH: return french_month(arena, month_of((const Types__Month *)value));
        case VALUE_INSTANT: return french_day(arena, local_day("", ((const Types__Instant *)value)->ms));
        case VALUE_TEXT:
        case VALUE_ENUM:
        case VALUE_OTHER: break;
        }
        return NULL;
}

char *value_french(const ProtobufCMessage *message, const char *path, const Types__Month *month, struct arena *arena)
{
        const ProtobufCFieldDescriptor *field;
        const ProtobufCMessage *holder = holder_of(message, path, month, &field);
        if (holder == NULL || field->label == PROTOBUF_C_LABEL_REPEATED)
                return NULL;
        enum value_kind kind = value_kind(field);
        const void *member = pb_member(holder, field->offset);
        if (kind == VALUE_TEXT) {
                const char *text = *(const char *const *)member;
                return text == NULL || text[0] == '\0' ? NULL : arena_text(arena, text);
        }
        if (kind == VALUE_ENUM) {
                int32_t value = *(const int32_t *)member;
                const char *french = value == 0 ? NULL : french_value(field->descriptor, value);
                return french == NULL ? NULL : arena_text(arena, french);
        }
        return kind == VALUE_OTHER ? NULL : french_of_message(kind, message_at(holder, field), arena);
}

ProtobufCBinaryData value_bytes(const ProtobufCMessage *message, const char *name)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        if (field == NULL || field->type != PROTOBUF_C_TYPE_BYTES)
                return (ProtobufCBinaryData){0};
        return *(const ProtobufCBinaryData *)pb_member(message, field->offset);
}

uint64_t value_number(const ProtobufCMessage *message, const char *path)
{
        const ProtobufCFieldDescriptor *field;
        const ProtobufCMessage *holder = holder_of(message, path, NULL, &field);
        if (holder == NULL || field->type != PROTOBUF_C_TYPE_UINT64)
                return 0;
        return *(const uint64_t *)pb_member(holder, field->offset);
}

struct id value_id(const ProtobufCMessage *message, const char *name)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        require(field != NULL && field->descriptor == &types__id__descriptor);
        return id_of((const Types__Id *)message_at(message, field));
}

const ProtobufCMessage *value_nth(const ProtobufCMessage *message, const char *list, size_t n)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, list);
        require(field != NULL && field->label == PROTOBUF_C_LABEL_REPEATED && field->type == PROTOBUF_C_TYPE_MESSAGE);
        size_t count = *(const size_t *)pb_member(message, field->quantifier_offset);
        return n < count ? (*(const ProtobufCMessage *const *const *)pb_member(message, field->offset))[n] : NULL;
}

const ProtobufCMessage *value_element(const ProtobufCMessage *message, const char *list, const char *id,
                                      const Types__Id *wanted)
{
        const ProtobufCMessage *element;
        for (size_t i = 0; (element = value_nth(message, list, i)) != NULL; i++)
                if (id_equal(value_id(element, id), id_of(wanted)))
                        return element;
        return NULL;
}

ProtobufCMessage **value_message(ProtobufCMessage *message, const char *name, const ProtobufCMessageDescriptor *type)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        bool is_there = field != NULL && field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == type;
        return is_there ? pb_member_to_set(message, field->offset) : NULL;
}

char **value_text(ProtobufCMessage *message, const char *name)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        return field != NULL && field->type == PROTOBUF_C_TYPE_STRING ? pb_member_to_set(message, field->offset) : NULL;
}

/* "1 234,5 h" -> "1234.5": blanks, of any kind that French figures have, and the unit do not count. */
static void figures_of(const char *typed, char ret[TYPED_SIZE])
{
        static const char *const dropped[] = {" ", "\u00a0", "\u202f", "€", "h"};
        size_t used = 0;
        while (*typed != '\0' && used < TYPED_SIZE - 1) {
                size_t skip = 0;
                for (size_t i = 0; skip == 0 && i < ARRAY_SIZE(dropped); i++)
                        if (strncmp(typed, dropped[i], strlen(dropped[i])) == 0)
                                skip = strlen(dropped[i]);
                if (skip == 0)
                        ret[used++] = *typed == ',' ? '.' : *typed;
                typed += skip == 0 ? 1 : skip;
        }
        ret[used] = '\0';
}

void value_put(json_t *object, const ProtobufCMessageDescriptor *type, const char *path, const char *typed)
{
        for (;;) {
                char name[NAME_SIZE], figures[TYPED_SIZE];
                bool picks;
                path = first_name(path, name, &picks);
                const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, name);
                require(field != NULL && !picks);
                if (path == NULL) {
                        enum value_kind kind = value_kind(field);
                        if (kind == VALUE_HOURS || kind == VALUE_MONEY) {
                                figures_of(typed, figures);
                                typed = figures;
                        }
                        require(json_object_set_new(object, name, json_string(typed)) == 0);
                        return;
                }
                json_t *inner = json_object_get(object, name);
                if (inner == NULL) {
                        inner = json_object();
                        require(json_object_set_new(object, name, inner) == 0);
                }
                object = inner;
                type = field->descriptor;
        }
}
