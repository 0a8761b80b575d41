#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/nearest.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/json.h"
#include "common/codec/json_form.h"
#include "common/codec/path.h"
#include "common/codec/pb.h"

enum { QUOTED_MAX = 60 }; /* bytes of a wrong value that a refusal repeats */

struct reader {
        struct arena *arena;
        struct refusal *refusal;
        unsigned depth;
};

static bool read_message(struct reader *reader, const struct path *path, const json_t *json,
                         const ProtobufCMessageDescriptor *type, ProtobufCMessage **ret);

static bool no(struct reader *reader, const struct path *path, const char *remedy)
{
        char field[PATH_TEXT_SIZE];
        path_format(path, field);
        return refuse(reader->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "%s %s", field, remedy);
}

/* ---- names */

/* Whether `name` is `proto_name` in either spelling. */
static bool names(const char *proto_name, const char *name)
{
        char json_name[PATH_NAME_SIZE];
        if (strcmp(proto_name, name) == 0)
                return true;
        path_json_name(proto_name, json_name);
        return strcmp(json_name, name) == 0;
}

const ProtobufCFieldDescriptor *json_field(const ProtobufCMessageDescriptor *type, const char *name)
{
        for (unsigned i = 0; i < type->n_fields; i++)
                if (names(type->fields[i].name, name))
                        return &type->fields[i];
        return NULL;
}

/* ---- values */

static bool read_integer(struct reader *reader, const struct path *path, const json_t *json,
                         const ProtobufCFieldDescriptor *field, void *member)
{
        static const struct bounds {
                int64_t min;
                uint64_t max;
        } of_i32 = {INT32_MIN, INT32_MAX}, of_u32 = {0, UINT32_MAX}, of_i64 = {INT64_MIN, INT64_MAX},
          of_u64 = {0, UINT64_MAX};
        bool is_signed = field->type == PROTOBUF_C_TYPE_INT32 || field->type == PROTOBUF_C_TYPE_SINT32 ||
                         field->type == PROTOBUF_C_TYPE_SFIXED32 || field->type == PROTOBUF_C_TYPE_INT64 ||
                         field->type == PROTOBUF_C_TYPE_SINT64 || field->type == PROTOBUF_C_TYPE_SFIXED64;
        bool wide = json_value_size(field) == sizeof(uint64_t);
        const struct bounds *bounds = is_signed ? (wide ? &of_i64 : &of_i32) : (wide ? &of_u64 : &of_u32);
        char remedy[96];
        uint64_t bits;

        if (!json_to_integer(json, bounds->min, bounds->max, &bits)) {
                (void)snprintf(remedy, sizeof(remedy), "doit être un nombre entier entre %" PRId64 " et %" PRIu64,
                               bounds->min, bounds->max);
                return no(reader, path, remedy);
        }
        if (wide)
                *(uint64_t *)member = bits;
        else
                *(uint32_t *)member = (uint32_t)bits;
        return true;
}

static bool read_bool(struct reader *reader, const struct path *path, const json_t *json, protobuf_c_boolean *member)
{
        if (!json_is_boolean(json))
                return no(reader, path, "doit être true ou false");
        *member = json_is_true(json);
        return true;
}

/* « doit être l'une des valeurs A, B, C », before it the one that was meant: a long list is cut. */
static bool no_enum(struct reader *reader, const struct path *path, const json_t *json,
                    const ProtobufCEnumDescriptor *type)
{
        char remedy[300];
        struct nearest nearest = nearest_of(json_is_string(json) ? json_string_value(json) : "");
        for (unsigned i = 0; i < type->n_values; i++)
                nearest_try(&nearest, type->values[i].name);
        size_t used = nearest.name == NULL
                              ? 0
                              : (size_t)snprintf(remedy, sizeof(remedy),
                                                 "est mal écrit ; vouliez-vous dire « %s » ? Le champ ", nearest.name);
        used += (size_t)snprintf(remedy + used, sizeof(remedy) - used, "doit être l'une des valeurs ");

        for (unsigned i = 0; i < type->n_values && used < sizeof(remedy); i++)
                used += (size_t)snprintf(remedy + used, sizeof(remedy) - used, "%s%s", i > 0 ? ", " : "",
                                         type->values[i].name);
        return no(reader, path, remedy);
}

static bool read_enum(struct reader *reader, const struct path *path, const json_t *json,
                      const ProtobufCEnumDescriptor *type, int32_t *member)
{
        const ProtobufCEnumValue *value = NULL;
        uint64_t bits;

        if (json_is_string(json))
                value = protobuf_c_enum_descriptor_get_value_by_name(type, json_string_value(json));
        else if (json_to_integer(json, INT32_MIN, INT32_MAX, &bits))
                value = protobuf_c_enum_descriptor_get_value(type, (int32_t)bits);
        if (value == NULL)
                return no_enum(reader, path, json, type);
        *member = value->value;
        return true;
}

/* A zero character would end the text early in C: nothing a person types holds one. */
static bool read_string(struct reader *reader, const struct path *path, const json_t *json, char **member)
{
        if (!json_is_string(json))
                return no(reader, path, "doit être un texte, entre guillemets");
        const char *text = json_string_value(json);
        size_t size = json_string_length(json);
        if (strlen(text) != size || !utf8_valid(text, size))
                return no(reader, path, "doit être un texte en UTF-8, sans caractère nul");
        *member = arena_text(reader->arena, text);
        return true;
}

static bool read_value(struct reader *reader, const struct path *path, const json_t *json,
                       const ProtobufCFieldDescriptor *field, void *member)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL: return read_bool(reader, path, json, member);
        case PROTOBUF_C_TYPE_ENUM: return read_enum(reader, path, json, field->descriptor, member);
        case PROTOBUF_C_TYPE_STRING: return read_string(reader, path, json, member);
        case PROTOBUF_C_TYPE_BYTES:
                return json_to_bytes(json, member, reader->arena) || no(reader, path, "doit être un texte en base64");
        case PROTOBUF_C_TYPE_MESSAGE: return read_message(reader, path, json, field->descriptor, member);
        default: return read_integer(reader, path, json, field, member);
        }
}

/* ---- fields */

static bool read_array(struct reader *reader, const struct path *path, const json_t *json,
                       const ProtobufCFieldDescriptor *field, ProtobufCMessage *message)
{
        if (!json_is_array(json))
                return no(reader, path, "doit être une liste, entre crochets");

        size_t size = json_value_size(field);
        size_t count = json_array_size(json);
        uint8_t *values = arena_zalloc(reader->arena, count * size);
        for (size_t i = 0; i < count; i++) {
                struct path element = {.parent = path, .index = (long)i};
                if (!read_value(reader, &element, json_array_get(json, i), field, values + i * size))
                        return false;
        }
        *(void **)((uint8_t *)message + field->offset) = count > 0 ? values : NULL;
        *(size_t *)((uint8_t *)message + field->quantifier_offset) = count;
        return true;
}

/* Of the fields of a oneof only one may be given. */
static bool read_oneof_case(struct reader *reader, const struct path *path, const ProtobufCFieldDescriptor *field,
                            ProtobufCMessage *message)
{
        uint32_t *chosen = (uint32_t *)((uint8_t *)message + field->quantifier_offset);
        char name[PATH_NAME_SIZE], remedy[128];

        if (*chosen != 0) {
                path_json_name(protobuf_c_message_descriptor_get_field(message->descriptor, *chosen)->name, name);
                (void)snprintf(remedy, sizeof(remedy), "et %s s'excluent : n'en donnez qu'un", name);
                return no(reader, path, remedy);
        }
        *chosen = field->id;
        return true;
}

static bool read_field(struct reader *reader, const struct path *path, const json_t *json,
                       const ProtobufCFieldDescriptor *field, ProtobufCMessage *message)
{
        if (json_is_null(json)) /* as good as absent */
                return true;
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                return read_array(reader, path, json, field, message);
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 && !read_oneof_case(reader, path, field, message))
                return false;
        return read_value(reader, path, json, field, (uint8_t *)message + field->offset);
}

/* The two spellings of one field, both given: which of them counts cannot be told. */
static bool given_twice(const json_t *json, const ProtobufCFieldDescriptor *field)
{
        char json_name[PATH_NAME_SIZE];
        path_json_name(field->name, json_name);
        return strcmp(json_name, field->name) != 0 && json_object_get(json, json_name) != NULL &&
               json_object_get(json, field->name) != NULL;
}

static bool no_such_field(struct reader *reader, const struct path *path, const char *name,
                          const ProtobufCMessageDescriptor *type)
{
        char field[PATH_TEXT_SIZE], known[200] = "aucun", one[PATH_NAME_SIZE], meant[PATH_NAME_SIZE] = "";
        char hint[NEAREST_HINT_SIZE];
        struct nearest nearest = nearest_of(name);
        size_t used = 0;

        for (unsigned i = 0; i < type->n_fields; i++) {
                path_json_name(type->fields[i].name, one);
                nearest_try(&nearest, one);
                if (nearest.name == one) {
                        memcpy(meant, one, sizeof(meant));
                        nearest.name = meant;
                }
                if (used < sizeof(known))
                        used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s", i > 0 ? ", " : "", one);
        }
        path_format(path, field);
        (void)nearest_hint(&nearest, hint);
        return refuse(reader->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "le champ « %.*s » n'existe pas ici%s%s connus : %s", QUOTED_MAX, name, hint,
                      hint[0] == '\0' ? " ; champs" : " Champs", known);
}

static bool read_fields(struct reader *reader, const struct path *path, const json_t *json, ProtobufCMessage *message)
{
        const char *name;
        json_t *value;

        json_object_foreach ((json_t *)(uintptr_t)json, name, value) /* it does not write */
        {
                const ProtobufCFieldDescriptor *field = json_field(message->descriptor, name);
                struct path here = {.parent = path, .name = field != NULL ? field->name : name};

                if (field == NULL)
                        return no_such_field(reader, &here, name, message->descriptor);
                if (given_twice(json, field))
                        return no(reader, &here, "est donné deux fois, sous ses deux noms : n'en gardez qu'un");
                if (!read_field(reader, &here, value, field, message))
                        return false;
        }
        return true;
}

static bool read_object(struct reader *reader, const struct path *path, const json_t *json, ProtobufCMessage *message)
{
        if (!json_is_object(json)) {
                if (path != NULL)
                        return no(reader, path, "doit être un objet, entre accolades");
                return refuse(reader->refusal, TYPES__REFUSAL_CODE__MALFORMED, "",
                              "la demande doit être un objet JSON, entre accolades");
        }
        if (reader->depth == LIMIT_JSON_DEPTH) {
                char field[PATH_TEXT_SIZE];
                path_format(path, field);
                return refuse(reader->refusal, TYPES__REFUSAL_CODE__TOO_LARGE, field,
                              "la demande est trop imbriquée : %d niveaux au plus", LIMIT_JSON_DEPTH);
        }
        reader->depth++;
        bool good = read_fields(reader, path, json, message);
        reader->depth--;
        return good;
}

static bool read_message(struct reader *reader, const struct path *path, const json_t *json,
                         const ProtobufCMessageDescriptor *type, ProtobufCMessage **ret)
{
        const struct json_form *form = json_form_of(type);
        ProtobufCMessage *message = pb_new(type, reader->arena);

        bool good = form != NULL ? form->parse(json, message, reader->arena) || no(reader, path, form->remedy)
                                 : read_object(reader, path, json, message);
        if (good)
                *ret = message;
        return good;
}

bool json_to_message(const json_t *json, const ProtobufCMessageDescriptor *type, struct arena *arena,
                     ProtobufCMessage **ret_message, struct refusal *ret_refusal)
{
        struct reader reader = {.arena = arena, .refusal = ret_refusal};
        return read_message(&reader, NULL, json, type, ret_message);
}

/* What Jansson found, in French. */
static const char *reason(const json_error_t *error)
{
        static const struct {
                enum json_error_code code;
                const char *text;
        } reasons[] = {
                {json_error_premature_end_of_input, "le texte s'arrête trop tôt"},
                {json_error_end_of_input_expected, "quelque chose suit la fin de l'objet"},
                {json_error_invalid_utf8, "un caractère n'est pas en UTF-8"},
                {json_error_duplicate_key, "un même nom est donné deux fois"},
                {json_error_null_character, "un texte contient le caractère nul"},
                {json_error_null_byte_in_key, "un nom contient le caractère nul"},
                {json_error_numeric_overflow, "un nombre est trop grand"},
                {json_error_stack_overflow, "la demande est trop imbriquée"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
                if (reasons[i].code == json_error_code(error))
                        return reasons[i].text;
        return "la syntaxe n'est pas celle de JSON";
}

bool json_of_text(struct slice text, json_t **ret, struct refusal *ret_refusal)
{
        json_error_t error;
        const char *bytes = text.size > 0 ? (const char *)text.data : "";
        json_t *json = json_loadb(bytes, text.size, JSON_REJECT_DUPLICATES, &error);

        if (json == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__MALFORMED, "",
                              "JSON illisible, ligne %d, colonne %d : %s", error.line, error.column, reason(&error));
        *ret = json;
        return true;
}
