#include "services/gateway/front/parameters.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/json.h"

enum { NAME_MAX_BYTES = 128 };

static void drop(json_t **json)
{
        json_decref(*json);
}

static bool no(struct refusal *ret, const char *name, const char *remedy)
{
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, name, "Paramètre « %.60s » : %s", name, remedy);
}

/* "true" and "false" are the words for a bool; anything else stays a text, which the mapping will judge. */
static json_t *leaf(const ProtobufCFieldDescriptor *field, const char *value)
{
        if (field->type == PROTOBUF_C_TYPE_BOOL && strcmp(value, "true") == 0)
                return json_true();
        if (field->type == PROTOBUF_C_TYPE_BOOL && strcmp(value, "false") == 0)
                return json_false();
        return json_string(value);
}

static bool put_leaf(json_t *object, const ProtobufCFieldDescriptor *field, const struct http_parameter *parameter,
                     struct refusal *ret)
{
        json_t *before = json_object_get(object, field->name);
        json_t *value = leaf(field, parameter->value);

        if (value == NULL)
                return no(ret, parameter->name, "sa valeur n'est pas en UTF-8");
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                if (before == NULL) {
                        before = json_array();
                        require(json_object_set_new(object, field->name, before) == 0);
                }
                require(json_array_append_new(before, value) == 0);
                return true;
        }
        if (before != NULL) {
                json_decref(value);
                return no(ret, parameter->name, "il est donné deux fois, n'en gardez qu'un");
        }
        require(json_object_set_new(object, field->name, value) == 0);
        return true;
}

/* The object inside `object` that the field is, made where it is not there yet. NULL: it is no object. */
static json_t *descend(json_t *object, const ProtobufCFieldDescriptor *field)
{
        json_t *inner = json_object_get(object, field->name);
        if (inner == NULL) {
                inner = json_object();
                require(json_object_set_new(object, field->name, inner) == 0);
        }
        return json_is_object(inner) ? inner : NULL;
}

static bool put_parameter(json_t *root, const ProtobufCMessageDescriptor *type, const struct http_parameter *parameter,
                          struct refusal *ret)
{
        char name[NAME_MAX_BYTES];
        json_t *object = root;
        size_t length = strlen(parameter->name);

        if (length >= sizeof(name))
                return no(ret, parameter->name, "ce nom est trop long");
        memcpy(name, parameter->name, length + 1);
        for (char *rest = name, *segment; (segment = strsep(&rest, ".")) != NULL;) {
                const ProtobufCFieldDescriptor *field = json_field(type, segment);
                if (field == NULL)
                        return no(ret, parameter->name, "il n'existe pas pour cette demande");
                if (rest == NULL)
                        return put_leaf(object, field, parameter, ret);
                if (field->type != PROTOBUF_C_TYPE_MESSAGE || field->label == PROTOBUF_C_LABEL_REPEATED)
                        return no(ret, parameter->name, "ce qui précède le point ne contient pas d'autre champ");
                object = descend(object, field);
                if (object == NULL)
                        return no(ret, parameter->name, "il est donné deux fois, de deux façons");
                type = field->descriptor;
        }
        return no(ret, parameter->name, "il n'existe pas pour cette demande");
}

bool parameters_to_json(const struct http_parameter *parameters, size_t count, const ProtobufCMessageDescriptor *type,
                        json_t **ret, struct refusal *ret_refusal)
{
        if (count == 1 && strcmp(parameters[0].name, "q") == 0)
                return json_of_text(slice_of_text(parameters[0].value), ret, ret_refusal);

        scoped(drop) json_t *root = json_object();
        require(root != NULL);
        for (size_t i = 0; i < count; i++) {
                if (strcmp(parameters[i].name, "q") == 0)
                        return no(ret_refusal, "q",
                                  "donnez la demande entière en JSON, ou ses champs un à un, pas les deux");
                if (!put_parameter(root, type, &parameters[i], ret_refusal))
                        return false;
        }
        *ret = json_incref(root);
        return true;
}
