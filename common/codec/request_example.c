#include "common/codec/request_example.h"

#include <stddef.h>

#include "common/base/attr.h"
#include "common/base/quantity.h"
#include "common/codec/field_rules.h"
#include "common/codec/json.h"
#include "common/codec/json_form.h"
#include "common/codec/path.h"
#include "types.pb-c.h"

static const char *text_example(const struct field_rule *rule, const struct code_lists *codes, struct day today)
{
        static const char *const kinds[] = {
                [TEXT_SIRET] = "21310555400017",
                [TEXT_SIRET_SOUGHT] = "21310555400017",
                [TEXT_SIRET_OR_SIREN] = "213105554",
                [TEXT_MAIL_ADDRESS] = "accueil@exemple.fr",
                [TEXT_TERRITORY] = "31",
                [TEXT_TERRITORIES] = "31",
                [TEXT_COMMUNE] = "31555",
                [TEXT_ROME] = "F1606",
                [TEXT_CPV_PREFIX] = "45442100",
                [TEXT_PHONE] = "05 00 00 00 00",
                [TEXT_PERSON_NAME] = "Exemple",
                [TEXT_ACCOUNT] = "marie.dupont",
        };
        const struct code_list *list = codes == NULL || rule->codes == NULL ? NULL : codes_list(codes, rule->codes);
        for (size_t i = 0; list != NULL && i < list->count; i++)
                if (code_counts(&list->codes[i], today))
                        return list->codes[i].code;
        if ((size_t)rule->kind < ARRAY_SIZE(kinds) && kinds[rule->kind] != NULL)
                return kinds[rule->kind];
        return "à écrire";
}

/* Of an amount within what its row allows. */
static json_t *amount_example(const struct field_rule *rule)
{
        char text[QUANTITY_TEXT_SIZE];
        int64_t hundredths = 10000;
        if (rule->most != 0 && hundredths > rule->most)
                hundredths = rule->most;
        if (rule->least > hundredths)
                hundredths = rule->least;
        hours_format(hours_of_hundredths(hundredths), text);
        return json_string(text);
}

static json_t *form_example(const ProtobufCMessageDescriptor *type, const struct field_rule *rule, struct day today)
{
        char text[DAY_TEXT_SIZE];
        day_format(today, text);
        if (type == &types__hours__descriptor || type == &types__money__descriptor)
                return amount_example(rule);
        if (type == &types__id__descriptor)
                return json_string("0192f0c1-7a3b-7001-8f00-0123456789ab");
        if (type == &types__month__descriptor)
                text[MONTH_TEXT_SIZE - 1] = '\0';
        else if (type == &types__share__descriptor)
                return json_string("0.05");
        else if (type == &types__decimal__descriptor)
                return json_string("1");
        else if (type == &types__instant__descriptor)
                return json_string("2026-11-22T14:50:03.120Z");
        return json_string(text);
}

json_t *example_value(const ProtobufCFieldDescriptor *field, const struct code_lists *codes, struct day today)
{
        const struct field_rule *rule = field_rule(field);
        const ProtobufCEnumDescriptor *type = field->descriptor;
        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL: return json_true();
        case PROTOBUF_C_TYPE_BYTES: return json_string("AAAA");
        case PROTOBUF_C_TYPE_STRING: return json_string(text_example(rule, codes, today));
        case PROTOBUF_C_TYPE_ENUM: return json_string(type->values[type->n_values > 1 ? 1 : 0].name);
        case PROTOBUF_C_TYPE_MESSAGE:
                return json_form_of(field->descriptor) != NULL ? form_example(field->descriptor, rule, today)
                                                               : example_request(field->descriptor, codes, today);
        default: return json_integer(rule->least > 0 ? rule->least : 1);
        }
}

/* Whether an example of a request has the field: what must be there, and what it is about, which the table of rights
 * demands and no rule; in a list's request ids are filters. */
static bool is_in_example(const ProtobufCMessageDescriptor *type, const ProtobufCFieldDescriptor *field)
{
        bool is_id = field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == &types__id__descriptor &&
                     field->label != PROTOBUF_C_LABEL_REPEATED;
        return field_rule(field)->presence == PRESENCE_REQUIRED ||
               (is_id && field == &type->fields[0] &&
                protobuf_c_message_descriptor_get_field_by_name(type, "page") == NULL);
}

json_t *example_request(const ProtobufCMessageDescriptor *type, const struct code_lists *codes, struct day today)
{
        json_t *json = json_object();
        char name[PATH_NAME_SIZE];
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                if (!is_in_example(type, field))
                        continue;
                path_json_name(field->name, name);
                json_t *value = example_value(field, codes, today);
                if (field->label == PROTOBUF_C_LABEL_REPEATED)
                        value = json_pack("[o]", value);
                json_set_member(json, name, value);
        }
        return json;
}
