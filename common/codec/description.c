#include "common/codec/description.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/quantity.h"
#include "common/base/require.h"
#include "common/codec/access.h"
#include "common/codec/catalogue.h"
#include "common/codec/description_door.h"
#include "common/codec/field_rules.h"
#include "common/codec/french_names.h"
#include "common/codec/json.h"
#include "common/codec/json_form.h"
#include "common/codec/method_refusals.h"
#include "common/codec/path.h"
#include "common/codec/problem_kinds.h"
#include "common/codec/request_example.h"
#include "types.pb-c.h"

enum { REF_SIZE = 200 };

struct making {
        const struct description *wanted;
        json_t *schemas;   /* of the messages and lists met so far, by name */
        json_t *responses; /* refusals met so far, by their status */
};

static void add_element(json_t *array, json_t *value)
{
        require(json_array_append_new(array, value) == 0);
}

static json_t *reference(const char *name)
{
        char text[REF_SIZE];
        (void)snprintf(text, sizeof(text), "#/components/schemas/%s", name);
        return json_pack("{s:s}", "$ref", text);
}

/* A message, as its field says that it is read and given: it may be narrower there than elsewhere. */
static json_t *message_schema(struct making *making, const ProtobufCMessageDescriptor *type,
                              const struct access_message *access);

/* ---- values */

/* What is one text in JSON (types.proto). */
static json_t *form_schema(struct making *making, const ProtobufCMessageDescriptor *type, const struct json_form *form)
{
        static const struct {
                const ProtobufCMessageDescriptor *type;
                const char *key, *value;
        } known[] = {
                {&types__id__descriptor, "format", "uuid"},
                {&types__day__descriptor, "format", "date"},
                {&types__instant__descriptor, "format", "date-time"},
                {&types__month__descriptor, "pattern", "^[0-9]{4}-[0-9]{2}$"},
        };
        if (json_object_get(making->schemas, type->name) == NULL) {
                json_t *schema = json_pack("{s:s, s:s}", "type", "string", "description", form->remedy);
                for (size_t i = 0; i < ARRAY_SIZE(known); i++)
                        if (known[i].type == type)
                                json_set_member(schema, known[i].key, json_string(known[i].value));
                json_set_member(making->schemas, type->name, schema);
        }
        return reference(type->name);
}

static json_t *enum_schema(struct making *making, const ProtobufCEnumDescriptor *type)
{
        if (json_object_get(making->schemas, type->name) == NULL) {
                json_t *names = json_array(), *labels = json_object();
                for (unsigned i = 0; i < type->n_values; i++) {
                        const char *label = french_value(type, type->values[i].value);
                        add_element(names, json_string(type->values[i].name));
                        if (label != NULL)
                                json_set_member(labels, type->values[i].name, json_string(label));
                }
                json_set_member(
                        making->schemas, type->name,
                        json_pack("{s:s, s:o, s:o}", "type", "string", "enum", names, "x-guichet-labels", labels));
        }
        return reference(type->name);
}

/* A list is described once: its codes of today, each with its label. */
static json_t *codes_schema(struct making *making, const struct code_list *list)
{
        char name[REF_SIZE / 2];
        (void)snprintf(name, sizeof(name), "codes.%s", list->name);
        if (json_object_get(making->schemas, name) == NULL) {
                json_t *codes = json_array();
                for (size_t i = 0; i < list->count; i++)
                        if (code_counts(&list->codes[i], making->wanted->today))
                                add_element(codes, json_pack("{s:s, s:s}", "const", list->codes[i].code, "title",
                                                             list->codes[i].label));
                json_set_member(making->schemas, name, json_pack("{s:s, s:o}", "type", "string", "oneOf", codes));
        }
        return reference(name);
}

static json_t *text_schema(struct making *making, const struct field_rule *rule)
{
        static const struct {
                const char *pattern;
                uint32_t characters_max; /* of such a text; 0: as the row says */
        } kinds[] = {
                [TEXT_SIRET] = {"^[0-9]{14}$", 14},
                [TEXT_SIRET_SOUGHT] = {"^[0-9]{14}$", 14},
                [TEXT_SIRET_OR_SIREN] = {"^([0-9]{9}|[0-9]{14})$", 14},
                [TEXT_MAIL_ADDRESS] = {"^[^@ ]+@[^@ ]+$", 0},
                [TEXT_TERRITORY] = {"^[0-9][0-9AB][0-9]?$", 3},
                [TEXT_TERRITORIES] = {"^([0-9][0-9AB][0-9]?|[*])$", 3},
                [TEXT_COMMUNE] = {"^[0-9][0-9AB][0-9]{3}$", 5},
                [TEXT_ROME] = {"^[A-Z][0-9]{4}$", 5},
                [TEXT_CPV_PREFIX] = {"^[0-9]{2,8}$", 8},
                [TEXT_PHONE] = {"^[+0-9 .()-]*$", 0},
                [TEXT_PERSON_NAME] = {"^[^0-9]*$", 0},
                [TEXT_ACCOUNT] = {"^[a-z0-9._@-]{3,64}$", 64},
        };
        const struct code_lists *codes = making->wanted->codes;
        const struct code_list *list = codes == NULL || rule->codes == NULL ? NULL : codes_list(codes, rule->codes);
        if (list != NULL)
                return codes_schema(making, list);
        json_t *schema = json_pack("{s:s}", "type", "string");
        bool has_kind = (size_t)rule->kind < ARRAY_SIZE(kinds) && kinds[rule->kind].pattern != NULL;
        bool is_short = has_kind && kinds[rule->kind].characters_max != 0;
        if (rule->label != NULL)
                json_set_member(schema, "maxLength",
                                json_integer(is_short ? kinds[rule->kind].characters_max : rule->characters_max));
        if (has_kind)
                json_set_member(schema, "pattern", json_string(kinds[rule->kind].pattern));
        return schema;
}

static json_t *number_schema(const struct field_rule *rule, int64_t least)
{
        json_t *schema = json_pack("{s:s}", "type", "integer");
        bool is_bounded = rule->least != 0 || rule->most != 0;
        if (is_bounded || least == 0)
                json_set_member(schema, "minimum", json_integer(is_bounded ? rule->least : least));
        if (is_bounded && rule->most != FIELD_NO_MOST)
                json_set_member(schema, "maximum", json_integer(rule->most));
        return schema;
}

struct described_field {
        const ProtobufCFieldDescriptor *field;
        const struct field_rule *rule;
        const struct access_field *access;
};

static json_t *value_schema(struct making *making, const struct described_field *described)
{
        const ProtobufCFieldDescriptor *field = described->field;
        const struct field_rule *rule = described->rule;
        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL: return json_pack("{s:s}", "type", "boolean");
        case PROTOBUF_C_TYPE_STRING: return text_schema(making, rule);
        case PROTOBUF_C_TYPE_BYTES: return json_pack("{s:s, s:s}", "type", "string", "contentEncoding", "base64");
        case PROTOBUF_C_TYPE_ENUM: return enum_schema(making, field->descriptor);
        case PROTOBUF_C_TYPE_UINT32:
        case PROTOBUF_C_TYPE_FIXED32: return number_schema(rule, 0);
        case PROTOBUF_C_TYPE_INT32:
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_SFIXED32: return number_schema(rule, -1);
        case PROTOBUF_C_TYPE_MESSAGE: {
                const struct json_form *form = json_form_of(field->descriptor);
                return form != NULL ? form_schema(making, field->descriptor, form)
                                    : message_schema(making, field->descriptor, described->access->inside);
        }
        default: /* 64 bits: digits, which a number of JSON may not hold */
                return json_pack("{s:[s,s], s:s}", "type", "string", "integer", "pattern", "^-?[0-9]+$");
        }
}

/* ---- fields */

/* The least and the most of hours and of euros, as their text in JSON: both count hundredths. */
static void put_amounts(json_t *schema, const ProtobufCFieldDescriptor *field, const struct field_rule *rule)
{
        char text[QUANTITY_TEXT_SIZE];
        bool is_amount = field->type == PROTOBUF_C_TYPE_MESSAGE && (field->descriptor == &types__hours__descriptor ||
                                                                    field->descriptor == &types__money__descriptor);
        if (!is_amount || (rule->least == 0 && rule->most == 0))
                return;
        hours_format(hours_of_hundredths(rule->least), text);
        json_set_member(schema, "x-guichet-least", json_string(text));
        if (rule->most == FIELD_NO_MOST)
                return;
        hours_format(hours_of_hundredths(rule->most), text);
        json_set_member(schema, "x-guichet-most", json_string(text));
}

/* Of what is one value; a message shows its own fields'. */
static void put_example(const struct making *making, json_t *schema, const ProtobufCFieldDescriptor *field)
{
        bool is_object = field->type == PROTOBUF_C_TYPE_MESSAGE && json_form_of(field->descriptor) == NULL;
        if (is_object)
                return;
        json_t *value = example_value(field, making->wanted->codes, making->wanted->today);
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                value = json_pack("[o]", value);
        json_set_member(schema, "examples", json_pack("[o]", value));
}

static json_t *role_names(uint32_t roles)
{
        json_t *names = json_array();
        for (unsigned i = 0; i < types__role__descriptor.n_values; i++)
                if ((roles & 1u << types__role__descriptor.values[i].value) != 0)
                        add_element(names, json_string(types__role__descriptor.values[i].name));
        return names;
}

enum { HELP_SIZE = 640 };

/* "sera lu par facilitateur, acheteur": where nobody will, it is kept in the journal alone. */
static void add_readers(char text[HELP_SIZE], uint32_t roles)
{
        size_t used = strlen(text);
        if (roles == 0) {
                (void)snprintf(text + used, HELP_SIZE - used, "gardé au journal, montré à personne");
                return;
        }
        const char *between = "sera lu par : ";
        for (unsigned i = 0; i < types__role__descriptor.n_values && used < HELP_SIZE; i++) {
                int32_t role = types__role__descriptor.values[i].value;
                if ((roles & 1u << (uint32_t)role) == 0)
                        continue;
                used += (size_t)snprintf(text + used, HELP_SIZE - used, "%s%s", between,
                                         french_value(&types__role__descriptor, role));
                between = ", ";
        }
}

/* What to write there; of a text in one's own words, who will read it. */
static void put_help(json_t *schema, const struct described_field *described)
{
        char text[HELP_SIZE] = "";
        uint32_t told = described->access->told, roles = told & ~(1u << TYPES__ROLE__ROLE_NONE);
        if (described->rule->help != NULL)
                (void)snprintf(text, sizeof(text), "%s%s", described->rule->help, told != 0 ? " ; " : "");
        if (told != 0) {
                add_readers(text, roles);
                json_set_member(schema, "x-guichet-told", role_names(roles));
        }
        if (text[0] != '\0')
                json_set_member(schema, "description", json_string(text));
}

static json_t *field_schema(struct making *making, const struct described_field *described)
{
        const ProtobufCFieldDescriptor *field = described->field;
        const struct field_rule *rule = described->rule;
        char title[LABEL_SIZE];
        json_t *schema = value_schema(making, described);
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                schema = json_pack("{s:s, s:o}", "type", "array", "items", schema);
        if (rule->label == NULL) { /* of no request */
                if (french_field(field->name) != NULL)
                        json_set_member(schema, "title", json_string(french_field(field->name)));
                return schema;
        }
        label_title(rule->label, title);
        json_set_member(schema, "title", json_string(title));
        put_help(schema, described);
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                json_set_member(schema, "maxItems", json_integer(rule->count_max));
        if (field->type == PROTOBUF_C_TYPE_BYTES)
                json_set_member(schema, "x-guichet-bytes", json_integer(rule->bytes_max));
        if (rule->codes != NULL)
                json_set_member(schema, "x-guichet-codes", json_string(rule->codes));
        if (rule->day == DAY_PAST || rule->day == DAY_NEAR)
                json_set_member(schema, "x-guichet-day", json_string(rule->day == DAY_PAST ? "PAST" : "NEAR"));
        put_amounts(schema, field, rule);
        put_example(making, schema, field);
        return schema;
}

/* Of a message that is both asked and answered: what the asker only reads of it, or only gives. */
static void put_direction(json_t *schema, const struct access_message *access, bool is_read, bool is_given)
{
        uint32_t readers = 0, givers = 0;
        for (size_t i = 0; i < access->field_count; i++) {
                readers |= access->fields[i].readers;
                givers |= access->fields[i].givers;
        }
        if (readers != 0 && givers != 0 && is_read != is_given)
                json_set_member(schema, is_read ? "readOnly" : "writeOnly", json_true());
}

/* Entered before its fields are, so that a message that holds itself comes to an end. Security: of what the asker
 * neither reads nor gives it has not even the name. */
static json_t *message_schema(struct making *making, const ProtobufCMessageDescriptor *type,
                              const struct access_message *access)
{
        uint32_t asker = making->wanted->asker == 0 ? UINT32_MAX : making->wanted->asker;
        if (json_object_get(making->schemas, access->name) != NULL)
                return reference(access->name);
        json_t *schema = json_pack("{s:s}", "type", "object"), *properties = json_object(), *required = json_array();
        json_set_member(making->schemas, access->name, schema);
        for (unsigned i = 0; i < type->n_fields; i++) {
                const struct described_field described = {&type->fields[i], field_rule(&type->fields[i]),
                                                          &access->fields[i]};
                bool is_read = (described.access->readers & asker) != 0;
                bool is_given = (described.access->givers & asker) != 0;
                char name[PATH_NAME_SIZE];
                if (!is_read && !is_given)
                        continue;
                path_json_name(described.field->name, name);
                json_t *field = field_schema(making, &described);
                put_direction(field, access, is_read, is_given);
                json_set_member(properties, name, field);
                if (described.rule->presence == PRESENCE_REQUIRED && is_given)
                        add_element(required, json_string(name));
        }
        json_set_member(schema, "properties", properties);
        json_set_member(schema, "additionalProperties", json_false());
        if (json_array_size(required) > 0)
                json_set_member(schema, "required", json_incref(required));
        json_decref(required);
        return reference(access->name);
}

/* ---- methods */

static json_t *method_schema(struct making *making, const ProtobufCMessageDescriptor *type)
{
        const struct access_message *access = access_of(type);
        require(access != NULL); /* each that is asked or answered has a row */
        return message_schema(making, type, access);
}

static uint32_t roles_of(const struct description *wanted, const char *method)
{
        for (size_t i = 0; i < wanted->role_count; i++)
                if (strcmp(wanted->roles[i].method, method) == 0)
                        return wanted->roles[i].roles;
        return 0; /* a method without a row is nobody's */
}

static json_t *json_content(const char *type, json_t *schema)
{
        return json_pack("{s:{s:o}}", type, "schema", schema);
}

/* ---- refusals */

/* RFC 9457, with the code and the field of a refusal (services/gateway/front/problem.h). */
static json_t *problem_schema(struct making *making)
{
        static const char name[] = "Problem";
        if (json_object_get(making->schemas, name) == NULL) {
                json_t *text = json_pack("{s:s}", "type", "string");
                json_t *schema =
                        json_pack("{s:s, s:{s:O, s:O, s:{s:s}, s:O, s:o, s:O}, s:[s,s,s,s,s]}", "type", "object",
                                  "properties", "type", text, "title", text, "status", "type", "integer", "detail",
                                  text, "code", enum_schema(making, &types__refusal_code__descriptor), "field", text,
                                  "required", "type", "title", "status", "detail", "code");
                json_set_member(making->schemas, name, schema);
                json_decref(text);
        }
        return reference(name);
}

/* "Champ à corriger (INVALID_FIELD). Corrigez le champ…", of all codes that have this status. */
static json_t *status_text(int status)
{
        char text[REF_SIZE * 4] = "";
        size_t used = 0;
        if (status == 412)
                return json_string("Ce que If-Match dit avoir lu a changé : relisez-le.");
        if (status == 429)
                return json_string("Trop de demandes à la fois : Retry-After dit quand revenir.");
        if (status == 504)
                return json_string("Le service ne répond pas : renvoyez la demande, une commande avec la même clé.");
        for (const struct problem_kind *kind = problem_kinds; kind->name != NULL && used < sizeof(text); kind++)
                if (kind->status == status)
                        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s (%s). %s",
                                                 used == 0 ? "" : " ", kind->title, kind->name, kind->remedy);
        return json_string(text);
}

/* Told once for each status; `responses` refers to it. NULL: it is only told. */
static void put_refusal(struct making *making, json_t *responses, int status)
{
        char key[8];
        (void)snprintf(key, sizeof(key), "%d", status);
        if (json_object_get(making->responses, key) == NULL)
                json_set_member(making->responses, key,
                                json_pack("{s:o, s:o}", "description", status_text(status), "content",
                                          json_content("application/problem+json", problem_schema(making))));
        if (responses != NULL)
                json_set_member(responses, key, json_pack("{s:s+}", "$ref", "#/components/responses/", key));
}

static bool has_field(const struct catalogue_method *method, const char *name)
{
        return protobuf_c_message_descriptor_get_field_by_name(method->method->input, name) != NULL;
}

/* Every status that a request may be refused with. */
static const int statuses[] = {400, 401, 403, 404, 409, 412, 413, 429, 503, 504};

static bool may_have(const struct catalogue_method *method, int status)
{
        switch (status) {
        case 409: return method->is_command;
        case 412: return method->is_command && has_field(method, "seen");
        case 413: return catalogue_takes_body(method);
        default: return true;
        }
}

static void put_refusals(struct making *making, json_t *responses, const struct catalogue_method *method)
{
        for (size_t i = 0; i < ARRAY_SIZE(statuses); i++)
                if (may_have(method, statuses[i]))
                        put_refusal(making, responses, statuses[i]);
}

/* What its handler may say, with the field as JSON spells it. */
static json_t *own_refusals(const struct description *wanted, const char *name, const struct catalogue_method *method)
{
        json_t *list = json_array();
        char field[REF_SIZE];
        for (size_t i = 0; i < wanted->refusal_count; i++) {
                const struct method_refusal *row = &wanted->refusals[i];
                if (strcmp(row->method, name) != 0 || (strcmp(row->field, "seen") == 0 && !has_field(method, "seen")))
                        continue;
                (void)snprintf(field, sizeof(field), "%s", row->field);
                path_to_json(field);
                add_element(list, json_pack("{s:s, s:s, s:s}", "code", problem_kind_of(row->code)->name, "field", field,
                                            "text", row->text));
        }
        return list;
}

/* ---- answers and what is asked */

static json_t *text_header(const char *description)
{
        return json_pack("{s:s, s:{s:s}}", "description", description, "schema", "type", "string");
}

/* Of a question, whose answer may be asked for on condition, and goes on by a link. */
static json_t *question_headers(void)
{
        return json_pack("{s:o, s:o, s:o}", "ETag", text_header("La même tant que la réponse est la même."),
                         "Guichet-Position", text_header("Le dernier événement que la réponse connaît."), "Link",
                         text_header("D'une liste : la page suivante, rel=\"next\"."));
}

static json_t *responses(struct making *making, const struct catalogue_method *method)
{
        json_t *answer = json_pack("{s:s, s:{s:o, s:{s:s}, s:{s:s}}}", "type", "object", "properties", "reply",
                                   method_schema(making, method->method->output), "position", "type", "string",
                                   "repeatedKey", "type", "boolean");
        json_t *done = json_pack("{s:s, s:o}", "description", "La réponse.", "content",
                                 json_content("application/json", answer));
        if (!catalogue_takes_body(method))
                json_set_member(done, "headers", question_headers());
        json_t *responses = json_pack("{s:o}", "200", done);
        require(responses != NULL);
        put_refusals(making, responses, method);
        return responses;
}

/* The request, with one that a daemon would take as well written. */
static json_t *request_content(struct making *making, const struct catalogue_method *method)
{
        const ProtobufCMessageDescriptor *input = method->method->input;
        json_t *example = example_request(input, making->wanted->codes, making->wanted->today);
        return json_pack("{s:{s:o, s:o}}", "application/json", "schema", method_schema(making, input), "example",
                         example);
}

static json_t *header_parameter(const char *name, const char *description)
{
        return json_pack("{s:s, s:s, s:s, s:{s:s}}", "name", name, "in", "header", "description", description, "schema",
                         "type", "string");
}

static json_t *parameters(struct making *making, const struct catalogue_method *method)
{
        json_t *list = json_array();
        if (!catalogue_takes_body(method)) {
                add_element(list, json_pack("{s:s, s:s, s:s, s:o}", "name", "q", "in", "query", "description",
                                            "La question en JSON ; ou ses champs un à un, « page.limit=20 ».",
                                            "content", request_content(making, method)));
                add_element(list, header_parameter("If-None-Match", "L'ETag que vous avez : 304 si rien n'a changé."));
        }
        if (method->is_command)
                add_element(list,
                            header_parameter("Idempotency-Key",
                                             "Un UUID de version 7 : renvoyée, la demande n'est faite qu'une fois."));
        if (method->is_command && has_field(method, "seen"))
                add_element(list,
                            header_parameter("If-Match", "La version ou la position lue, entre guillemets, au lieu "
                                                         "de « seen » : 412 si cela a changé."));
        return list;
}

/* "Ouvre le dossier d'un contrat…" */
static json_t *summary(const char *method)
{
        char title[LABEL_SIZE];
        const char *told = french_method(method);
        label_title(told != NULL ? told : method, title);
        return json_string(title);
}

static json_t *who_may(uint32_t roles)
{
        char names[FRENCH_ROLES_SIZE], text[FRENCH_ROLES_SIZE + 32];
        french_roles(roles, names);
        (void)snprintf(text, sizeof(text), "Qui le peut : %s.", names);
        return json_string(text);
}

static void put_method(struct making *making, json_t *paths, const struct catalogue_method *method)
{
        char name[REF_SIZE], path[REF_SIZE];
        const struct description *wanted = making->wanted;
        (void)snprintf(name, sizeof(name), "%s.%s", method->service->name, method->method->name);
        (void)snprintf(path, sizeof(path), "/v1/%s/%s", method->service->name, method->method->name);
        uint32_t roles = roles_of(wanted, name);
        if ((wanted->asker != 0 && (roles & wanted->asker) == 0) ||
            (wanted->method != NULL && strcmp(wanted->method, name) != 0))
                return;
        json_t *operation =
                json_pack("{s:s, s:o, s:o, s:[s], s:o, s:o, s:o, s:o}", "operationId", name, "summary", summary(name),
                          "description", who_may(roles), "tags", method->service->name, "x-guichet-roles",
                          role_names(roles), "x-guichet-refusals", own_refusals(wanted, name, method), "parameters",
                          parameters(making, method), "responses", responses(making, method));
        require(operation != NULL);
        if (catalogue_takes_body(method))
                json_set_member(operation, "requestBody",
                                json_pack("{s:b, s:o}", "required", 1, "content", request_content(making, method)));
        json_set_member(paths, path, json_pack("{s:o}", catalogue_takes_body(method) ? "post" : "get", operation));
        if (wanted->method == NULL)
                describe_file(paths, method);
}

static void put_block(struct making *making, json_t *paths, const struct catalogue_service *service, bool is_command)
{
        const ProtobufCServiceDescriptor *block = is_command ? service->commands : service->queries;
        for (unsigned i = 0; block != NULL && i < block->n_methods; i++) {
                const struct catalogue_method method = {service, &block->methods[i], is_command};
                put_method(making, paths, &method);
        }
}

json_t *description_make(const struct description *wanted)
{
        struct making making = {wanted, json_object(), json_object()};
        json_t *paths = json_object();
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                if (strcmp(service->name, "runtime") == 0)
                        continue;
                put_block(&making, paths, service, true);
                put_block(&making, paths, service, false);
        }
        for (size_t i = 0; wanted->method == NULL && i < ARRAY_SIZE(statuses); i++)
                put_refusal(&making, NULL, statuses[i]);
        if (wanted->method == NULL) {
                json_decref(enum_schema(&making, &types__role__descriptor)); /* the session's, whoever asks */
                describe_door(paths, making.schemas, wanted->asker);
        }
        json_t *info = json_pack("{s:s, s:s, s:{s:s, s:s}, s:s}", "title", "Guichet", "version", GUICHET_VERSION,
                                 "license", "name", "Apache-2.0", "identifier", "Apache-2.0", "description",
                                 "Les clauses sociales d'insertion d'une région : contrats, personnes, partenaires, "
                                 "alertes, bilans. Une question se pose par GET, une commande par POST ; les heures, "
                                 "les montants et les numéros à 64 bits sont des textes.");
        json_t *document = json_pack(
                "{s:s, s:o, s:[{s:s}], s:o, s:{s:o, s:o, s:{s:{s:s, s:s}}}, s:[{s:[]}]}", "openapi", "3.1.0", "info",
                info, "servers", "url", "/", "paths", paths, "components", "schemas", making.schemas, "responses",
                making.responses, "securitySchemes", "token", "type", "http", "scheme", "bearer", "security", "token");
        require(document != NULL);
        return document;
}
