#include "common/codec/access.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/field_rules.h"
#include "common/codec/french_names.h"
#include "common/codec/path.h"
#include "common/codec/pb_member.h"

static int by_name(const void *name, const void *message)
{
        return strcmp(name, ((const struct access_message *)message)->name);
}

const struct access_message *access_of(const ProtobufCMessageDescriptor *type)
{
        const struct access_message *found =
                bsearch(type->name, access_messages, access_messages_count, sizeof(*access_messages), by_name);
        require(found == NULL || found->field_count == type->n_fields);
        return found;
}

/* ---- members of messages */

static bool is_oneof(const ProtobufCFieldDescriptor *field)
{
        return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

static bool is_list(const ProtobufCFieldDescriptor *field)
{
        return field->label == PROTOBUF_C_LABEL_REPEATED;
}

static size_t list_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        return *(const size_t *)pb_member(message, field->quantifier_offset);
}

static const ProtobufCMessage *const *list_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        return *(const ProtobufCMessage *const *const *)pb_member(message, field->offset);
}

/* Whether it says something: what holds the default of proto3 is as good as absent. */
static bool is_set(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        static const uint8_t zero[sizeof(uint64_t)];
        const void *value = pb_member(message, field->offset);
        if (is_list(field))
                return list_count(message, field) > 0;
        if (is_oneof(field))
                return *(const uint32_t *)pb_member(message, field->quantifier_offset) == field->id;
        switch (field->type) {
        case PROTOBUF_C_TYPE_MESSAGE: return *(const void *const *)value != NULL;
        case PROTOBUF_C_TYPE_STRING: return *(const char *const *)value != NULL && **(const char *const *)value != '\0';
        case PROTOBUF_C_TYPE_BYTES: return ((const ProtobufCBinaryData *)value)->len > 0;
        default: return memcmp(value, zero, pb_value_size(field)) != 0;
        }
}

/* ---- out */

struct showing {
        uint32_t role;
        struct arena *arena;
};

static void clear(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        void *value = pb_member_to_set(message, field->offset);
        if (is_list(field)) {
                *(size_t *)pb_member_to_set(message, field->quantifier_offset) = 0;
                *(void **)value = NULL;
        } else if (is_oneof(field)) {
                *(uint32_t *)pb_member_to_set(message, field->quantifier_offset) = 0;
        } else if (field->type == PROTOBUF_C_TYPE_STRING) {
                *(const char **)value = protobuf_c_empty_string;
        } else {
                memset(value, 0, pb_value_size(field));
        }
}

static const ProtobufCMessage *show(const struct showing *showing, const struct access_message *access,
                                    const ProtobufCMessage *message);

/* A list of messages: itself, or one of which some are copies. */
static const ProtobufCMessage *const *show_list(const struct showing *showing, const struct access_message *inside,
                                                const ProtobufCMessage *const *list, size_t count)
{
        const ProtobufCMessage **copy = NULL;
        for (size_t i = 0; i < count; i++) {
                const ProtobufCMessage *shown = show(showing, inside, list[i]);
                if (shown == list[i])
                        continue;
                if (copy == NULL)
                        copy = arena_copy(showing->arena, list, count * sizeof(*list));
                copy[i] = shown;
        }
        return copy == NULL ? list : copy;
}

/* What stands in a field that the role reads, as it may read that; the same pointer where it may read it all. */
static const void *show_inside(const struct showing *showing, const struct access_message *inside,
                               const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        if (is_list(field))
                return show_list(showing, inside, list_of(message, field), list_count(message, field));
        return show(showing, inside, *(const ProtobufCMessage *const *)pb_member(message, field->offset));
}

static const ProtobufCMessage *show(const struct showing *showing, const struct access_message *access,
                                    const ProtobufCMessage *message)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;
        ProtobufCMessage *copy = NULL;
        if ((access->hides & showing->role) == 0)
                return message;
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const struct access_field *granted = &access->fields[i];
                bool is_read = (granted->readers & showing->role) != 0;
                if (!is_set(message, field) ||
                    (is_read && (granted->inside == NULL || (granted->inside->hides & showing->role) == 0)))
                        continue;
                const void *inside = is_read ? show_inside(showing, granted->inside, message, field) : NULL;
                if (is_read && inside == *(const void *const *)pb_member(message, field->offset))
                        continue;
                if (copy == NULL)
                        copy = arena_copy(showing->arena, message, type->sizeof_message);
                if (is_read)
                        *(const void **)pb_member_to_set(copy, field->offset) = inside;
                else
                        clear(copy, field);
        }
        return copy == NULL ? message : copy;
}

const ProtobufCMessage *access_shown(const struct access_message *access, const ProtobufCMessage *message,
                                     uint32_t role, struct arena *arena)
{
        const struct showing showing = {role, arena};
        return show(&showing, access, message);
}

/* ---- in */

struct giving {
        uint32_t role;
        struct refusal *ret;
};

static bool refuse_field(const struct giving *giving, const ProtobufCFieldDescriptor *field, const struct path *path,
                         uint32_t givers)
{
        char where[PATH_TEXT_SIZE], roles[FRENCH_ROLES_SIZE];
        const char *label = field_rule(field)->label;
        path_format(path, where);
        french_roles(givers, roles);
        return refuse(giving->ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, where,
                      "Votre rôle ne donne pas « %s » : laissez ce champ vide ; qui le donne : %s.",
                      label != NULL ? label : where, roles);
}

static bool gives(const struct giving *giving, const struct access_message *access, const ProtobufCMessage *message,
                  const struct path *outer);

static bool gives_inside(const struct giving *giving, const struct access_message *inside,
                         const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                         const struct path *path)
{
        if (!is_list(field))
                return gives(giving, inside, *(const ProtobufCMessage *const *)pb_member(message, field->offset), path);
        const ProtobufCMessage *const *list = list_of(message, field);
        size_t count = list_count(message, field);
        for (size_t i = 0; i < count; i++) {
                const struct path element = {path, NULL, (long)i};
                if (!gives(giving, inside, list[i], &element))
                        return false;
        }
        return true;
}

static bool gives(const struct giving *giving, const struct access_message *access, const ProtobufCMessage *message,
                  const struct path *outer)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;
        if ((access->spares & giving->role) == 0)
                return true;
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const struct access_field *granted = &access->fields[i];
                const struct path path = {outer, field->name, 0};
                if (!is_set(message, field))
                        continue;
                if ((granted->givers & giving->role) == 0)
                        return refuse_field(giving, field, &path, granted->givers);
                if (granted->inside != NULL && !gives_inside(giving, granted->inside, message, field, &path))
                        return false;
        }
        return true;
}

bool access_gives(const struct access_message *access, const ProtobufCMessage *request, uint32_t role,
                  struct refusal *ret_refusal)
{
        const struct giving giving = {role, ret_refusal};
        return gives(&giving, access, request, NULL);
}
