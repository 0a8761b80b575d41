#include "common/codec/validate.h"

#include <string.h>

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/mail_address.h"
#include "common/base/quantity.h"
#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/bounds.h"
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

static bool over(struct refusal *ret, const struct path *path, uint32_t max, const char *what_and_remedy)
{
        char field[PATH_TEXT_SIZE];
        path_format(path, field);
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "%s dépasse %u %s.", field, max, what_and_remedy);
}

static bool kind_holds(const char *text, enum text_kind kind, const struct path *path, struct refusal *ret)
{
        switch (kind) {
        case TEXT_FREE: return true;
        case TEXT_SIRET:
                return siret_valid(text) ||
                       no(ret, path,
                          "n'est pas un SIRET : 14 chiffres sans espace, dont les clés sont justes ; recopiez-le de "
                          "l'avis de situation de l'entreprise (avis-situation-sirene.insee.fr)");
        case TEXT_SIRET_SOUGHT:
                return text_is_digits(text, SIRET_DIGITS) ||
                       no(ret, path, "doit être un SIRET : 14 chiffres, sans espace");
        case TEXT_SIRET_OR_SIREN:
                return siret_valid(text) || siren_valid(text) ||
                       no(ret, path,
                          "doit être un SIRET (14 chiffres), ou un SIREN (9 chiffres) pour tous les établissements de "
                          "l'entreprise, dont les clés sont justes");
        case TEXT_MAIL_ADDRESS:
                return mail_address_valid(text) ||
                       no(ret, path,
                          "n'est pas une adresse électronique utilisable : donnez-en une seule, sous la forme "
                          "nom@domaine.fr, sans espace ni accent");
        }
        require_failed("a kind of text", __FILE__, __LINE__, __func__);
}

/* A character has at least one byte: most texts are short enough without counting them. */
static bool text_holds(const char *text, const struct bounds *bounds, const struct path *path, struct refusal *ret)
{
        size_t size = text == NULL ? 0 : strlen(text);

        if (size == 0)
                return true;
        if (size > bounds->characters_max && utf8_length(text) > bounds->characters_max)
                return over(ret, path, bounds->characters_max, "caractères : abrégez-le");
        return (utf8_valid(text, size) || no(ret, path, "doit être un texte en UTF-8")) &&
               kind_holds(text, bounds->kind, path, ret);
}

static bool value_holds(const ProtobufCFieldDescriptor *field, const void *member, const struct path *path,
                        struct refusal *ret)
{
        const ProtobufCMessage *message;
        struct bounds bounds;

        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING:
                bounds = bounds_of_field(field);
                return text_holds(*(const char *const *)member, &bounds, path, ret);
        case PROTOBUF_C_TYPE_BYTES:
                bounds = bounds_of_field(field);
                return ((const ProtobufCBinaryData *)member)->len <= bounds.bytes_max ||
                       over(ret, path, bounds.bytes_max, "octets : ce n'est pas ce qui est attendu ici");
        case PROTOBUF_C_TYPE_ENUM:
                return protobuf_c_enum_descriptor_get_value(field->descriptor, *(const int32_t *)member) != NULL ||
                       no(ret, path, "n'est pas une valeur connue : cette version du réseau ne la comprend pas");
        case PROTOBUF_C_TYPE_MESSAGE:
                message = *(const ProtobufCMessage *const *)member;
                return message == NULL || walk(message, path, ret);
        default: /* any number */ return true;
        }
}

static bool list_holds(const ProtobufCFieldDescriptor *field, const uint8_t *start, const struct path *path,
                       struct refusal *ret)
{
        size_t count = *(const size_t *)(const void *)(start + field->quantifier_offset);
        size_t size = json_value_size(field);
        const uint8_t *values = *(const uint8_t *const *)(const void *)(start + field->offset);
        uint32_t max = bounds_of_field(field).count_max;

        if (count > max)
                return over(ret, path, max, "éléments : gardez-en moins, ou envoyez-les en plusieurs fois");
        for (size_t i = 0; i < count; i++) {
                struct path element = {.parent = path, .index = (long)i};
                if (!value_holds(field, values + i * size, &element, ret))
                        return false;
        }
        return true;
}

static bool field_holds(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message, const struct path *path,
                        struct refusal *ret)
{
        const uint8_t *start = (const uint8_t *)message;

        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                return list_holds(field, start, path, ret);
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
            *(const uint32_t *)(const void *)(start + field->quantifier_offset) != field->id)
                return true; /* the bytes there are another field's */
        return value_holds(field, start + field->offset, path, ret);
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
