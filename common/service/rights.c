#include "common/service/rights.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/path.h"

/* ---- fields */

static bool is_id(const ProtobufCFieldDescriptor *field)
{
        return field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == &types__id__descriptor;
}

static bool ends_with(const char *name, const char *end)
{
        size_t size = strlen(name), end_size = strlen(end);
        return size >= end_size && strcmp(name + size - end_size, end) == 0;
}

static bool names_a_thing(const ProtobufCFieldDescriptor *field)
{
        static const char *const texts[] = {"siret", "territory", "territories", "readers"};
        if (is_id(field))
                return true;
        for (size_t i = 0; field->type == PROTOBUF_C_TYPE_STRING && i < ARRAY_SIZE(texts); i++)
                if (ends_with(field->name, texts[i]))
                        return true;
        return false;
}

/* ---- the table is whole */

static bool has_row(const struct rights *rights, const char *path)
{
        for (size_t i = 0; i < rights->count; i++)
                if (strcmp(rights->rows[i].field, path) == 0)
                        return true;
        return false;
}

static bool can_be_named(const ProtobufCMessageDescriptor *type, const char *path)
{
        const char *rest = path;
        while (rest != NULL) {
                const ProtobufCFieldDescriptor *field = path_field(type, rest, &rest);
                if (field == NULL)
                        return false;
                if (rest == NULL)
                        return is_id(field) || field->type == PROTOBUF_C_TYPE_STRING;
                if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                        return false;
                type = field->descriptor;
        }
        return false;
}

/* One message that is looked through, and the one that holds it: a type that holds itself is looked at once. */
struct place {
        const struct place *outer;
        const ProtobufCMessageDescriptor *type;
        char path[PATH_TEXT_SIZE];
};

static bool is_inside(const struct place *place, const ProtobufCMessageDescriptor *type)
{
        for (; place != NULL; place = place->outer)
                if (place->type == type)
                        return true;
        return false;
}

static int all_have_rows(const struct rights *rights, const char *method, const struct place *place,
                         struct err_info *info)
{
        for (unsigned i = 0; i < place->type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &place->type->fields[i];
                struct place inner = {.outer = place, .type = field->descriptor};
                int size = snprintf(inner.path, sizeof(inner.path), "%s%s%s", place->path,
                                    place->path[0] == '\0' ? "" : ".", field->name);
                require(size > 0 && (size_t)size < sizeof(inner.path));
                if (names_a_thing(field) && !has_row(rights, inner.path))
                        return err_set(info, ERR_CONFIG, "rights: %s: %s names a thing and has no row", method,
                                       inner.path);
                if (field->type != PROTOBUF_C_TYPE_MESSAGE || is_id(field) || is_inside(place, inner.type))
                        continue;
                int err = all_have_rows(rights, method, &inner, info);
                if (err != 0)
                        return err;
        }
        return 0;
}

static int row_holds(const struct right_row *row, const ProtobufCMessageDescriptor *input, struct err_info *info)
{
        bool is_protected = row->right != RIGHT_NONE;
        if (!can_be_named(input, row->field))
                return err_set(info, ERR_CONFIG, "rights: %s has no id or text %s", row->method, row->field);
        if (is_protected != (row->thing != NULL) || is_protected == (row->because != NULL))
                return err_set(info, ERR_CONFIG, "rights: %s.%s: either a thing and a right to it, or a reason",
                               row->method, row->field);
        if (row->right == RIGHT_CHANGE && row->thing->not_yours == NULL)
                return err_set(info, ERR_CONFIG, "rights: %s.%s: its thing has no words for NOT_ALLOWED", row->method,
                               row->field);
        return 0;
}

int rights_of_method(const struct rights *all, const char *method, const ProtobufCMessageDescriptor *input,
                     struct rights *ret, struct err_info *info)
{
        struct rights rights = {0};
        struct place whole = {.type = input};
        for (size_t i = 0; i < all->count; i++) {
                const struct right_row *row = &all->rows[i];
                if (strcmp(row->method, method) != 0)
                        continue;
                if (rights.count == 0)
                        rights.rows = row;
                if (row != &rights.rows[rights.count++])
                        return err_set(info, ERR_CONFIG, "rights: the rows of %s do not stand together", method);
                int err = row_holds(row, input, info);
                if (err != 0)
                        return err;
        }
        *ret = rights;
        return all_have_rows(&rights, method, &whole, info);
}

int rights_name_methods(const struct rights *all, const char *service, struct err_info *info)
{
        for (size_t i = 0; i < all->count; i++) {
                char name[PATH_TEXT_SIZE];
                struct catalogue_method found;
                (void)snprintf(name, sizeof(name), "%s.%s", service, all->rows[i].method);
                if (!catalogue_method(name, &found))
                        return err_set(info, ERR_CONFIG, "rights: %s is no method", name);
        }
        return 0;
}

/* ---- running it */

struct run {
        const struct right_row *row;
        const struct work *work;
        const ProtobufCMessage *request;
};

static bool judge(const struct run *run, const struct named *named, struct refusal *ret)
{
        const struct right_row *row = run->row;
        enum standing standing = row->thing->standing(run->work, named);
        if (standing == STANDING_UNKNOWN)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, row->field, "%s", row->thing->unknown);
        if (row->right == RIGHT_CHANGE && standing == STANDING_FROZEN)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, row->field, "%s", row->thing->frozen);
        if (row->right == RIGHT_CHANGE && standing != STANDING_CHANGE)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, row->field, "%s", row->thing->not_yours);
        return true;
}

static bool message_holds(const struct run *run, const ProtobufCMessage *message, const char *path,
                          struct refusal *ret);

static bool value_holds(const struct run *run, const ProtobufCFieldDescriptor *field, const void *value,
                        const char *rest, struct refusal *ret)
{
        struct named named = {.request = run->request, .text = ""};
        if (field->type == PROTOBUF_C_TYPE_STRING) {
                named.text = *(const char *const *)value;
                return named.text == NULL || *named.text == '\0' || judge(run, &named, ret);
        }
        const ProtobufCMessage *message = *(const ProtobufCMessage *const *)value;
        if (message == NULL)
                return true;
        if (rest != NULL)
                return message_holds(run, message, rest, ret);
        named.id = id_of((const Types__Id *)message);
        return id_is_zero(named.id) || judge(run, &named, ret);
}

static bool message_holds(const struct run *run, const ProtobufCMessage *message, const char *path, struct refusal *ret)
{
        const uint8_t *start = (const uint8_t *)message;
        const char *rest;
        const ProtobufCFieldDescriptor *field = path_field(message->descriptor, path, &rest);
        require(field != NULL); /* rights_of_method() has seen to that */
        const void *member = start + field->offset;

        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                size_t count = *(const size_t *)(const void *)(start + field->quantifier_offset);
                const void *const *values = *(const void *const *const *)member;
                for (size_t i = 0; i < count; i++)
                        if (!value_holds(run, field, &values[i], rest, ret))
                                return false;
                return true;
        }
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
            *(const uint32_t *)(const void *)(start + field->quantifier_offset) != field->id)
                return true; /* the bytes there are another field's */
        return value_holds(run, field, member, rest, ret);
}

bool rights_hold(const struct rights *rights, const struct work *work, const ProtobufCMessage *request,
                 struct refusal *ret_refusal)
{
        for (size_t i = 0; i < rights->count; i++) {
                struct run run = {&rights->rows[i], work, request};
                if (run.row->right != RIGHT_NONE && !message_holds(&run, request, run.row->field, ret_refusal))
                        return false;
        }
        return true;
}
