#include "services/ctl/request_json.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/field_rules.h"
#include "common/codec/french_names.h"
#include "common/codec/json.h"
#include "common/codec/path.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"
#include "services/ctl/typed.h"
#include "types.pb-c.h"

enum { FOLDED_SIZE = 128, SIRET_SIZE = 15, DEPTH_MAX = 16 };

struct reading {
        struct session *session;
        unsigned depth;
};

/* ---- texts that are quantities: written anew as JSON wants them */

static bool write_day(const char *text, char *ret)
{
        struct day day;
        bool good = typed_day(text, &day);
        if (good)
                day_format(day, ret);
        return good;
}

static bool write_month(const char *text, char *ret)
{
        struct month month;
        bool good = typed_month(text, &month);
        if (good)
                month_format(month, ret);
        return good;
}

static bool write_hours(const char *text, char *ret)
{
        struct hours hours;
        bool good = typed_hours(text, &hours);
        if (good)
                hours_format(hours, ret);
        return good;
}

static bool write_money(const char *text, char *ret)
{
        struct money money;
        bool good = typed_money(text, &money);
        if (good)
                money_format(money, ret);
        return good;
}

static bool write_share(const char *text, char *ret)
{
        struct share share;
        bool good = typed_share(text, &share);
        if (good)
                share_format(share, ret);
        return good;
}

static bool write_decimal(const char *text, char *ret)
{
        struct decimal decimal;
        bool good = typed_decimal(text, &decimal);
        if (good)
                decimal_format(decimal, ret);
        return good;
}

static const struct quantity {
        const ProtobufCMessageDescriptor *type;
        bool (*write)(const char *text, char *ret); /* QUANTITY_TEXT_SIZE at least */
        const char *remedy;
} quantities[] = {
        {&types__day__descriptor, write_day, TYPED_DAY},
        {&types__month__descriptor, write_month, TYPED_MONTH},
        {&types__hours__descriptor, write_hours, TYPED_HOURS},
        {&types__money__descriptor, write_money, TYPED_MONEY},
        {&types__share__descriptor, write_share, TYPED_SHARE},
        {&types__decimal__descriptor, write_decimal, "un nombre"},
};

static bool read_quantity(const struct quantity *quantity, const struct path *path, json_t *json)
{
        char text[QUANTITY_TEXT_SIZE], field[PATH_TEXT_SIZE];
        if (quantity->write(json_string_value(json), text))
                return json_string_set(json, text) == 0;
        path_format(path, field);
        (void)failed_as(CTL_MISUSED);
        return complain("%s : « %s » n'est pas compris ; écrivez %s.", field, json_string_value(json),
                        quantity->remedy) == CTL_DONE;
}

/* ---- other texts */

static bool read_id(const struct reading *reading, const struct path *path, const ProtobufCFieldDescriptor *field,
                    json_t *json)
{
        char told[PATH_TEXT_SIZE], text[ID_TEXT_SIZE];
        struct id id;
        if (id_parse(json_string_value(json), &id) == 0 || find_how(field->name) == NULL)
                return true;
        path_format(path, told);
        if (!find_thing(reading->session, field->name, told, json_string_value(json), &id))
                return false;
        id_format(id, text);
        return json_string_set(json, text) == 0;
}

/* "coordinator", "Taux réduit": the value whose name or French words are these, where it is one alone. */
static void read_value_name(const ProtobufCEnumDescriptor *type, json_t *json)
{
        char asked[FOLDED_SIZE], name[FOLDED_SIZE], french[FOLDED_SIZE];
        const char *found = NULL;
        size_t count = 0;
        if (protobuf_c_enum_descriptor_get_value_by_name(type, json_string_value(json)) != NULL)
                return;
        text_fold(json_string_value(json), asked, sizeof(asked));
        for (unsigned i = 0; i < type->n_values; i++) {
                const char *words = french_value(type, type->values[i].value);
                text_fold(type->values[i].name, name, sizeof(name));
                text_fold(words == NULL ? "" : words, french, sizeof(french));
                if (strcmp(asked, name) != 0 && (asked[0] == '\0' || strcmp(asked, french) != 0))
                        continue;
                found = type->values[i].name;
                count++;
        }
        if (count == 1)
                (void)json_string_set(json, found);
}

/* "213 105 554 00017" -> "21310555400017". */
static void read_siret(json_t *json)
{
        char digits[SIRET_SIZE];
        size_t used = 0;
        for (const char *at = json_string_value(json); *at != '\0'; at++) {
                if (*at == ' ')
                        continue;
                if (*at < '0' || *at > '9' || used + 1 == sizeof(digits))
                        return;
                digits[used++] = *at;
        }
        digits[used] = '\0';
        (void)json_string_set(json, digits);
}

/* ---- the whole */

static bool read_object(struct reading *reading, const struct path *path, json_t *json,
                        const ProtobufCMessageDescriptor *type);

static bool read_text(const struct reading *reading, const struct path *path, const ProtobufCFieldDescriptor *field,
                      json_t *json)
{
        if (field->type == PROTOBUF_C_TYPE_ENUM) {
                read_value_name(field->descriptor, json);
                return true;
        }
        if (field->type == PROTOBUF_C_TYPE_STRING) {
                enum text_kind kind = field_rule(field)->kind;
                if (kind == TEXT_SIRET || kind == TEXT_SIRET_SOUGHT || kind == TEXT_SIRET_OR_SIREN ||
                    strstr(field->name, "siret") != NULL) /* what is imported has no rule: buyers publish wrong ones */
                        read_siret(json);
                return true;
        }
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                return true;
        if (field->descriptor == &types__id__descriptor)
                return read_id(reading, path, field, json);
        for (size_t i = 0; i < ARRAY_SIZE(quantities); i++)
                if (quantities[i].type == field->descriptor)
                        return read_quantity(&quantities[i], path, json);
        return true; /* what is wrong is told by json_to_message() */
}

static bool read_value(struct reading *reading, const struct path *path, const ProtobufCFieldDescriptor *field,
                       json_t *json)
{
        if (json_is_string(json))
                return read_text(reading, path, field, json);
        if (json_is_object(json) && field->type == PROTOBUF_C_TYPE_MESSAGE)
                return read_object(reading, path, json, field->descriptor);
        return true;
}

static bool read_object(struct reading *reading, const struct path *path, json_t *json,
                        const ProtobufCMessageDescriptor *type)
{
        const char *name;
        json_t *value;
        bool good = ++reading->depth < DEPTH_MAX;
        json_object_foreach (json, name, value) {
                const ProtobufCFieldDescriptor *field = json_field(type, name);
                if (field == NULL || !good)
                        continue;
                struct path here = {.parent = path, .name = field->name};
                good = read_value(reading, &here, field, value);
                for (size_t i = 0; good && i < json_array_size(value); i++) {
                        struct path element = {.parent = &here, .index = (long)i};
                        good = read_value(reading, &element, field, json_array_get(value, i));
                }
        }
        reading->depth--;
        return good;
}

/* A refusal's text may begin with the field. */
static void tell_refusal(const struct refusal *refusal)
{
        size_t size = strlen(refusal->field);
        (void)failed_as(CTL_MISUSED);
        bool is_named = size == 0 || strncmp(refusal->text, refusal->field, size) == 0;
        (void)complain("%s%s%s", is_named ? "" : refusal->field, is_named ? "" : " : ", refusal->text);
}

ProtobufCMessage *request_of_json(struct session *session, const char *text, const ProtobufCMessageDescriptor *type,
                                  struct arena *arena)
{
        struct reading reading = {.session = session};
        struct refusal refusal;
        json_t *json = NULL;
        ProtobufCMessage *request = NULL;
        if (!json_of_text(slice_of_text(text), &json, &refusal))
                tell_refusal(&refusal);
        else if ((!json_is_object(json) || read_object(&reading, NULL, json, type)) &&
                 !json_to_message(json, type, arena, &request, &refusal)) {
                tell_refusal(&refusal);
                request = NULL;
        }
        json_decref(json);
        return request;
}
