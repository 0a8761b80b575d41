#include "common/codec/validate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/mail_address.h"
#include "common/base/quantity.h"
#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/codes.h"
#include "common/codec/field_rules.h"
#include "common/codec/json_form.h"
#include "common/codec/path.h"
#include "common/codec/types.h"
#include "types.pb-c.h"

struct check {
        struct day today;
        const struct code_lists *codes; /* NULL: not checked */
        struct refusal *ret;
        bool is_incomplete; /* *ret tells the first thing that is missing; anything wrong later is told instead */
};

/* A field, or an element of it, with what it is called. */
struct spot {
        struct check *check;
        const struct path *path;
        const struct field_rule *rule; /* of the message itself: NULL */
};

static bool walk(const ProtobufCMessage *message, const struct spot *spot);

/* ---- refusals: a text for each way to be wrong, which names the field as whoever filled it in calls it */

enum { NAMED_SIZE = LABEL_SIZE + 32 };

/* "le SIRET du membre (n° 2)" */
static void name_spot(const struct spot *spot, char ret_name[NAMED_SIZE])
{
        const char *label = spot->rule != NULL ? spot->rule->label : NULL;
        const struct path *at = spot->path;
        char field[PATH_TEXT_SIZE];

        if (label == NULL)
                path_format(at, field);
        while (at != NULL && at->name != NULL)
                at = at->parent;
        if (at == NULL || label == NULL)
                (void)snprintf(ret_name, NAMED_SIZE, "%s",
                               label != NULL      ? label
                               : field[0] != '\0' ? field
                                                  : "la demande");
        else
                (void)snprintf(ret_name, NAMED_SIZE, "%s (n° %ld)", label, at->index + 1);
}

/* "Indiquez le motif.", "Corrigez la commune : écrivez son code." */
static bool no(const struct spot *spot, const char *verb, const char *link, const char *remedy)
{
        char field[PATH_TEXT_SIZE], name[NAMED_SIZE];
        path_format(spot->path, field);
        name_spot(spot, name);
        return refuse(spot->check->ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field, "%s %s%s%s.", verb, name, link,
                      remedy);
}

static const struct code_list *list_of(const struct spot *spot)
{
        const struct code_lists *codes = spot->check->codes;
        return codes == NULL || spot->rule->codes == NULL ? NULL : codes_list(codes, spot->rule->codes);
}

static bool is_missing(const struct spot *spot)
{
        char remedy[CODES_REMEDY_SIZE];
        const char *help = spot->rule->help;
        const struct code_list *list = list_of(spot);
        if (help == NULL && list != NULL && codes_name_all(list, spot->check->today, remedy))
                help = remedy;
        spot->check->is_incomplete = true;
        return no(spot, "Indiquez", help != NULL ? " : " : "", help != NULL ? help : "");
}

static bool is_malformed(const struct spot *spot, const char *remedy)
{
        return no(spot, "Corrigez", ", qui ", remedy);
}

static bool is_wrong(const struct spot *spot, const char *remedy)
{
        return no(spot, "Corrigez", " : ", remedy);
}

static bool is_too_much(const struct spot *spot, const char *verb, uint32_t max, const char *what)
{
        char remedy[LABEL_SIZE];
        (void)snprintf(remedy, sizeof(remedy), "%u %s", max, what);
        return no(spot, verb, " : ", remedy);
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

/* ---- what a text must be */

static bool commune_valid(const char *text)
{
        char territory[TERRITORY_TEXT_SIZE];
        territory_of_commune(text, territory);
        return territory[0] != '\0' && text_is_digits(text + 2, 3);
}

static bool territories_valid(const char *text)
{
        return strcmp(text, "*") == 0 || territory_valid(text);
}

static bool rome_valid(const char *text)
{
        return text[0] >= 'A' && text[0] <= 'Z' && text_is_digits(text + 1, 4);
}

static bool siret_sought(const char *text)
{
        return text_is_digits(text, SIRET_DIGITS);
}

static bool siret_or_siren_valid(const char *text)
{
        return siret_valid(text) || siren_valid(text);
}

static bool cpv_prefix_valid(const char *text)
{
        size_t size = strlen(text);
        return size >= 2 && size <= 8 && text_is_digits(text, size);
}

static bool phone_valid(const char *text)
{
        return strspn(text, "+0123456789 .()-") == strlen(text);
}

static bool person_name_valid(const char *text)
{
        for (const char *at = text; *at != '\0'; at++)
                if (isdigit((unsigned char)*at) || iscntrl((unsigned char)*at))
                        return false;
        return true;
}

static bool account_valid(const char *text)
{
        size_t size = strlen(text);
        return size >= 3 && size <= 64 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-_@") == size;
}

static bool kind_holds(const char *text, const struct spot *spot)
{
        static const struct {
                bool (*valid)(const char *text);
                const char *remedy;
        } kinds[] = {
                [TEXT_UNSAID] = {NULL, NULL},
                [TEXT_FREE] = {NULL, NULL},
                [TEXT_SIRET] = {siret_valid, "un SIRET compte 14 chiffres sans espace, dont les clés sont justes ; "
                                             "recopiez-le de l'avis de situation (avis-situation-sirene.insee.fr)"},
                [TEXT_SIRET_SOUGHT] = {siret_sought, "un SIRET compte 14 chiffres, sans espace"},
                [TEXT_SIRET_OR_SIREN] = {siret_or_siren_valid,
                                         "donnez un SIRET (14 chiffres), ou un SIREN (9 chiffres) pour tous les "
                                         "établissements de l'entreprise, dont les clés sont justes"},
                [TEXT_MAIL_ADDRESS] = {mail_address_valid, "donnez une seule adresse électronique, sous la forme "
                                                           "nom@domaine.fr, sans espace ni accent"},
                [TEXT_TERRITORY] = {territory_valid, "écrivez un code de département, par exemple 31, 2A ou 971"},
                [TEXT_TERRITORIES] = {territories_valid, "écrivez un code de département, par exemple 31, 2A ou 971, "
                                                         "ou * pour toute la région"},
                [TEXT_COMMUNE] = {commune_valid, "écrivez le code INSEE de la commune, cinq caractères, par exemple "
                                                 "31555 (et non le code postal)"},
                [TEXT_ROME] = {rome_valid, "un code ROME s'écrit avec une lettre et quatre chiffres, par exemple "
                                           "F1703"},
                [TEXT_CPV_PREFIX] = {cpv_prefix_valid, "écrivez les 2 à 8 premiers chiffres du code CPV, par exemple "
                                                       "45"},
                [TEXT_PHONE] = {phone_valid, "écrivez-le en chiffres, par exemple 06 12 34 56 78"},
                [TEXT_PERSON_NAME] = {person_name_valid, "écrivez-le sans chiffre ni caractère de contrôle"},
                [TEXT_ACCOUNT] = {account_valid, "de 3 à 64 caractères parmi a-z, 0-9, « . », « - », « _ » et « @ », "
                                                 "par exemple marie.dupont"},
        };
        return kinds[spot->rule->kind].valid == NULL || kinds[spot->rule->kind].valid(text) ||
               is_wrong(spot, kinds[spot->rule->kind].remedy);
}

static bool code_holds(const char *text, const struct spot *spot)
{
        char remedy[CODES_REMEDY_SIZE];
        const struct code_list *list = list_of(spot);
        if (list == NULL || codes_have(list, text, spot->check->today))
                return true;
        codes_remedy(list, text, spot->check->today, remedy);
        return is_wrong(spot, remedy);
}

/* A character has at least one byte: most texts are short enough without counting them. */
static bool text_holds(const char *text, const struct spot *spot)
{
        size_t size = text == NULL ? 0 : strlen(text);

        if (size == 0)
                return true;
        if (size > spot->rule->characters_max && utf8_length(text) > spot->rule->characters_max)
                return is_too_much(spot, "Abrégez", spot->rule->characters_max, "caractères au plus");
        return (utf8_valid(text, size) || is_malformed(spot, "doit être un texte en UTF-8")) &&
               kind_holds(text, spot) && code_holds(text, spot);
}

/* ---- what an amount or a day must be */

/* Of hours and of euros, as they are written in French: "48", "0,01", "-3,50". */
static void write_hundredths(int64_t value, char ret_text[QUANTITY_TEXT_SIZE])
{
        long long whole = (long long)(value / 100), rest = (long long)(value % 100);
        if (rest == 0)
                (void)snprintf(ret_text, QUANTITY_TEXT_SIZE, "%lld", whole);
        else
                (void)snprintf(ret_text, QUANTITY_TEXT_SIZE, "%s%lld,%02lld", value < 0 && whole == 0 ? "-" : "", whole,
                               rest < 0 ? -rest : rest);
}

static void write_number(int64_t value, char ret_text[QUANTITY_TEXT_SIZE])
{
        (void)snprintf(ret_text, QUANTITY_TEXT_SIZE, "%lld", (long long)value);
}

static bool is_out_of_range(const struct spot *spot, void (*write)(int64_t value, char *ret_text), const char *unit)
{
        char least[QUANTITY_TEXT_SIZE], most[QUANTITY_TEXT_SIZE], range[2 * QUANTITY_TEXT_SIZE + 32];
        write(spot->rule->least, least);
        write(spot->rule->most, most);
        if (spot->rule->most == FIELD_NO_MOST)
                (void)snprintf(range, sizeof(range), "%s%s au moins", least, unit);
        else
                (void)snprintf(range, sizeof(range), "de %s à %s%s", least, most, unit);
        return is_wrong(spot, range);
}

static bool in_range(const struct spot *spot, int64_t value)
{
        const struct field_rule *rule = spot->rule;
        return (rule->least == 0 && rule->most == 0) || (value >= rule->least && value <= rule->most);
}

static bool number_holds(int64_t value, const struct spot *spot)
{
        return value == 0 || in_range(spot, value) || is_out_of_range(spot, write_number, "");
}

static bool day_is_near(const Types__Day *day, const struct spot *spot)
{
        int32_t ahead = day->days - day_number(spot->check->today);
        switch (spot->rule->day) {
        case DAY_UNSAID:
        case DAY_ANY: return true;
        case DAY_PAST: return ahead <= 0 || is_wrong(spot, "ce jour est à venir ; donnez celui où c'est arrivé");
        case DAY_NEAR:
                return (ahead >= -DAYS_BACK_MAX && ahead <= DAYS_AHEAD_MAX) ||
                       is_wrong(spot, "ce jour doit être dans les dix dernières années ou les deux "
                                      "prochaines ; vérifiez l'année");
        }
        require_failed("a range of days", __FILE__, __LINE__, __func__);
}

/* A message of types.proto, whose numbers mean something. */
static bool quantity_holds(const ProtobufCMessage *message, const struct json_form *form, const struct spot *spot)
{
        if (!form_holds(message))
                return is_malformed(spot, form->remedy);
        if (spot->rule == NULL)
                return true;
        if (message->descriptor == &types__day__descriptor)
                return day_is_near((const Types__Day *)message, spot);
        if (message->descriptor == &types__hours__descriptor)
                return in_range(spot, ((const Types__Hours *)message)->hundredths) ||
                       is_out_of_range(spot, write_hundredths, " heures");
        if (message->descriptor == &types__money__descriptor)
                return in_range(spot, ((const Types__Money *)message)->cents) ||
                       is_out_of_range(spot, write_hundredths, " €");
        return true;
}

/* ---- values and fields */

static bool value_holds(const ProtobufCFieldDescriptor *field, const void *member, const struct spot *spot)
{
        const ProtobufCMessage *message;

        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING: return text_holds(*(const char *const *)member, spot);
        case PROTOBUF_C_TYPE_BYTES:
                return ((const ProtobufCBinaryData *)member)->len <= spot->rule->bytes_max ||
                       is_too_much(spot, "Corrigez", spot->rule->bytes_max,
                                   "octets au plus, ce n'est pas ce qui est attendu ici");
        case PROTOBUF_C_TYPE_ENUM:
                return protobuf_c_enum_descriptor_get_value(field->descriptor, *(const int32_t *)member) != NULL ||
                       is_malformed(spot, "n'est pas une valeur connue de cette version du réseau");
        case PROTOBUF_C_TYPE_MESSAGE:
                message = *(const ProtobufCMessage *const *)member;
                return message == NULL || walk(message, spot);
        case PROTOBUF_C_TYPE_UINT32: return number_holds(*(const uint32_t *)member, spot);
        case PROTOBUF_C_TYPE_SINT32: return number_holds(*(const int32_t *)member, spot);
        default: /* any number, yes or no */ return true;
        }
}

static bool list_holds(const ProtobufCFieldDescriptor *field, const uint8_t *start, const struct spot *spot)
{
        size_t count = *(const size_t *)(const void *)(start + field->quantifier_offset);
        size_t size = json_value_size(field);
        const uint8_t *values = *(const uint8_t *const *)(const void *)(start + field->offset);

        if (count > spot->rule->count_max)
                return is_too_much(spot, "Réduisez", spot->rule->count_max,
                                   "éléments au plus, ou envoyez-les en plusieurs fois");
        for (size_t i = 0; i < count; i++) {
                struct path element = {.parent = spot->path, .index = (long)i};
                struct spot here = {spot->check, &element, spot->rule};
                if (!value_holds(field, values + i * size, &here))
                        return false;
        }
        return true;
}

static bool is_there(const ProtobufCFieldDescriptor *field, const uint8_t *start)
{
        const void *member = start + field->offset;
        const ProtobufCMessage *message;

        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                return *(const size_t *)(const void *)(start + field->quantifier_offset) > 0;
        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING: return !text_is_empty(*(const char *const *)member);
        case PROTOBUF_C_TYPE_BYTES: return ((const ProtobufCBinaryData *)member)->len > 0;
        case PROTOBUF_C_TYPE_MESSAGE:
                message = *(const ProtobufCMessage *const *)member;
                return message != NULL && (message->descriptor != &types__id__descriptor ||
                                           !id_is_zero(id_of((const Types__Id *)message)));
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_UINT64: return *(const uint64_t *)member != 0;
        default: return *(const uint32_t *)member != 0;
        }
}

static bool field_holds(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message, const struct spot *spot)
{
        const uint8_t *start = (const uint8_t *)message;

        if (spot->rule->presence == PRESENCE_REQUIRED && !spot->check->is_incomplete && !is_there(field, start))
                (void)is_missing(spot);
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                return list_holds(field, start, spot);
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
            *(const uint32_t *)(const void *)(start + field->quantifier_offset) != field->id)
                return true; /* the bytes there are another field's */
        return value_holds(field, start + field->offset, spot);
}

static bool walk(const ProtobufCMessage *message, const struct spot *spot)
{
        const struct json_form *form = json_form_of(message->descriptor);

        if (message->n_unknown_fields > 0) {
                char field[PATH_TEXT_SIZE];
                path_format(spot->path, field);
                return refuse(spot->check->ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                              "le champ numéro %u n'est pas connu ici : mettez le programme qui demande et ce service "
                              "à la même version",
                              message->unknown_fields[0].tag);
        }
        if (form != NULL)
                return quantity_holds(message, form, spot);
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                struct path path = {.parent = spot->path, .name = field->name};
                struct spot here = {spot->check, &path, field_rule(field)};
                if (!field_holds(field, message, &here))
                        return false;
        }
        return true;
}

bool validate_message(const ProtobufCMessage *message, struct day today, struct refusal *ret)
{
        return validate_with_codes(message, today, NULL, ret);
}

bool validate_with_codes(const ProtobufCMessage *message, struct day today, const struct code_lists *codes,
                         struct refusal *ret)
{
        struct check check = {today, codes, ret, false};
        return walk(message, &(struct spot){&check, NULL, NULL}) && !check.is_incomplete;
}

bool refuse_missing(const ProtobufCFieldDescriptor *field, struct refusal *ret)
{
        struct check check = {.ret = ret};
        const struct path path = {.name = field->name};
        return is_missing(&(struct spot){&check, &path, field_rule(field)});
}
