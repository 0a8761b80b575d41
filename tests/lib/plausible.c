#include "tests/lib/plausible.h"

#include <fnmatch.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/codes.h"
#include "common/codec/field_rules.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "tests/lib/fill.h"

/* ---- ids */

/* What a field's id names, by a piece of the field's name. Organisations come last: they have many names. */
static const char *const things[] = {
        "subcontract", "obligation", "clause",   "contract",  "placement", "beneficiary", "case",     "transfer",
        "need",        "offer",      "question", "agreement", "referral",  "draft",       "line",     "subscription",
        "notice",      "user",       "invoice",  "proposal",  "control",   "relocation",  "decision", "proof",
        "suspension",  "contact",    "action",   "batch",     "report",    "organisation"};

static const char *thing_of(const char *field_name)
{
        for (size_t i = 0; i < ARRAY_SIZE(things); i++)
                if (strstr(field_name, things[i]) != NULL)
                        return things[i];
        return "organisation";
}

static size_t place_of(struct plausible *from, const char *thing)
{
        size_t i = 0;
        while (i < from->thing_count && from->things[i].thing != thing)
                i++;
        if (i == from->thing_count) {
                require(from->thing_count < ARRAY_SIZE(from->things));
                from->things[from->thing_count++].thing = thing;
        }
        return i;
}

struct id plausible_id(struct plausible *from, const char *field_name)
{
        size_t place = place_of(from, thing_of(field_name));
        size_t known = from->things[place].count < PLAUSIBLE_IDS ? from->things[place].count : PLAUSIBLE_IDS;
        struct id id = {{1, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 1, 0x8f}};
        return known == 0 ? id : from->things[place].ids[fill_random(&from->seed) % known];
}

static void learn_field(struct plausible *from, const ProtobufCFieldDescriptor *field, const ProtobufCMessage *value)
{
        if (field->descriptor != &types__id__descriptor) {
                plausible_learn(from, value);
                return;
        }
        size_t place = place_of(from, thing_of(field->name)), count = from->things[place].count;
        struct id id = id_of((const Types__Id *)value);
        if (id_equal(id, from->never))
                return;
        for (size_t i = 0; i < count && i < PLAUSIBLE_IDS; i++)
                if (id_equal(from->things[place].ids[i], id))
                        return;
        if (count >= PLAUSIBLE_IDS)
                count = PLAUSIBLE_FIRST + count % (PLAUSIBLE_IDS - PLAUSIBLE_FIRST);
        from->things[place].ids[count] = id;
        from->things[place].count++;
}

void plausible_learn(struct plausible *from, const ProtobufCMessage *message)
{
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                const uint8_t *start = (const uint8_t *)message;
                const void *member = start + field->offset;
                if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                        size_t count = *(const size_t *)(const void *)(start + field->quantifier_offset);
                        for (size_t n = 0; n < count; n++)
                                learn_field(from, field, (*(ProtobufCMessage *const *const *)member)[n]);
                        continue;
                }
                if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
                    *(const uint32_t *)(const void *)(start + field->quantifier_offset) != field->id)
                        continue;
                if (*(ProtobufCMessage *const *)member != NULL)
                        learn_field(from, field, *(ProtobufCMessage *const *)member);
        }
}

/* ---- values */

/* Of a field that holds a code: `text` where it is one, else one of the list. */
static const char *code_for(struct plausible *from, const char *list_name, const char *text)
{
        static struct code_lists lists;
        struct err_info info;
        if (lists.count == 0 && codes_load("deploy/rules", NULL, &lists, &info) != 0)
                require_failed(info.text, __FILE__, __LINE__, __func__);
        const struct code_list *list = codes_list(&lists, list_name);
        require(list != NULL && list->count > 0);
        if (codes_have(list, text, from->today))
                return text;
        size_t at = fill_random(&from->seed) % list->count;
        for (size_t i = 0; i < list->count && !code_counts(&list->codes[at], from->today); i++)
                at = (at + 1) % list->count;
        return list->codes[at].code;
}

/* The first row whose pattern the field's name matches; several values are drawn from. */
static const char *text_for(struct plausible *from, const ProtobufCFieldDescriptor *field)
{
        static const struct {
                const char *pattern;
                const char *values[4];
        } rows[] = {
                {"territor*", {"31", "31", "31", "31"}},
                {"*siret*", {"21310555400017", "73282932000074", "35600000000048", "21090122900018"}},
                {"*mail*", {"a.b@exemple.fr", "c@exemple.fr", "", "d-e@exemple.fr"}},
                {"*phone", {"05 61 00 00 00", "", "06 12 34 56 78", "0561000000"}},
                {"cpv*", {"45210000", "45", "90910000", "45210000"}},
                {"rome_code", {"F1703", "K2204", "F1703", "F1703"}},
                {"commune", {"31555", "31555", "31069", "31149"}},
                {"postcode", {"31000", "31000", "31100", "31770"}},
                {"public_code", {"B_RSA", "B_QPV", "B_DELD", "B_RSA"}},
                {"proof_code", {"ATTESTATION_RSA", "ATTESTATION_RECHERCHE", "ATTESTATION_RSA", "ATTESTATION_RSA"}},
                {"reason_code", {"CONTACT", "PERSON_ASKED", "PLACEMENT", "ELIGIBILITY"}},
                {"refusal_code", {"SKILLS", "DATES", "NO_POSITION", "SKILLS"}},
                {"withdrawal_code", {"PERSON_DECLINED", "BY_MISTAKE", "PERSON_DECLINED", "BY_MISTAKE"}},
                {"postponement_code", {"START_POSTPONED", "TRAINING_FIRST", "START_POSTPONED", "PERSON_NOT_FREE"}},
                {"suspension_code", {"CONTROL", "PROOF_DOUBTED", "CONTROL", "SITUATION_CHANGED"}},
                {"amendment_code", {"HOURS", "POST", "RENEWAL", "HOURS"}},
                {"target_publics", {"B_RSA", "B_QPV", "B_RSA", "B_QPV"}},
                {"publics", {"B_RSA", "B_QPV", "B_RSA", "B_QPV"}},
                {"work_contract", {"CDI", "CDD", "INTERIM", "CDDI"}},
                {"trade", {"", "peinture", "", "nettoyage"}},
                {"model", {"", "", "", "standard"}},
                {"number", {"2026-1", "2026-2", "2026-3", "2026-4"}},
                {"readers", {"essai", "autre", "essai", "autre"}},
                {"*name", {"durand", "martin", "bernard", "petit"}},
                {"source", {"", "itou", "lemarche", ""}},
                {"end_code", {"", "END_OF_CONTRACT", "", "OTHER"}},
                {"code", {"31", "31555", "31000", "31149"}},
                {"scheme", {"", "", "", "anru"}},
                {"table", {"", "", "", ""}},
                {"value", {"73282932000074", "21310555400017", "73282932000074", "35600000000048"}},
                {"born_in", {"", "", "", ""}}, /* beside a day there is none */
                {"*", {"Texte d'essai", "Réfection de l'école", "Motif exposé en une phrase", "Texte"}},
        };
        size_t at = 0;
        while (fnmatch(rows[at].pattern, field->name, 0) != 0)
                at++;
        const char *text = rows[at].values[fill_random(&from->seed) % 4], *list = field_rule(field)->codes;
        return list == NULL || *text == '\0' ? text : code_for(from, list, text);
}

static int32_t number_for(struct plausible *from, const ProtobufCFieldDescriptor *field)
{
        static const struct {
                const char *name;
                int32_t values[4];
        } rows[] = {
                {"lot", {1, 1, 1, 2}},        {"year", {2026, 2026, 2026, 2025}},   {"scale", {20, 20, 10, 20}},
                {"due_day", {5, 10, 15, 28}}, {"duration_months", {12, 6, 24, 12}}, {"limit", {0, 1, 50, 500}},
        };
        static const int32_t others[4] = {1, 0, 2, 10};
        size_t draw = fill_random(&from->seed) % 4;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (strcmp(rows[i].name, field->name) == 0)
                        return rows[i].values[draw];
        return others[draw];
}

/* Of an obligation, and few enough for a month of which a day or two are past. */
static int64_t hours_for(const char *name, uint64_t draw)
{
        if (strcmp(name, "weekly_hours") == 0)
                return 3500;
        if (strcmp(name, "training") == 0)
                return 100;
        return draw % 2 == 0 ? 10000 : strcmp(name, "hours") == 0 && draw % 4 == 1 ? 600 : 3500;
}

static ProtobufCMessage *quantity_for(struct plausible *from, const ProtobufCFieldDescriptor *field,
                                      struct arena *arena)
{
        static const int32_t days[] = {0, -1, -10, -40, 1, 30, 60, 300};
        const ProtobufCMessageDescriptor *type = field->descriptor;
        uint64_t draw = fill_random(&from->seed);
        struct day day = day_of_number(day_number(from->today) + days[draw % ARRAY_SIZE(days)]);

        if (type == &types__id__descriptor)
                return &id_to(arena, plausible_id(from, field->name))->base;
        if (field_rule(field)->day == DAY_PAST && day_number(day) > day_number(from->today))
                day = from->today;
        if (strcmp(field->name, "born_on") == 0)
                day = day_of_number(day_number(from->today) - 30 * 365);
        if (type == &types__day__descriptor)
                return &day_to(arena, day)->base;
        if (type == &types__month__descriptor)
                return &month_to(arena, month_of_day(day))->base;
        if (type == &types__instant__descriptor)
                return &instant_to(arena, (int64_t)day_number(day) * 86400000)->base;
        if (type == &types__hours__descriptor)
                return &hours_to(arena, hours_of_hundredths(hours_for(field->name, draw)))->base;
        if (type == &types__money__descriptor)
                return &money_to(arena, money_of_cents(draw % 2 == 0 ? 100000000 : 3000))->base;
        if (type == &types__share__descriptor)
                return &share_to(arena, share_of_millionths(draw % 2 == 0 ? 500000 : 50000))->base;
        if (type == &types__decimal__descriptor)
                return &decimal_to(arena, decimal_of_millionths(10000000))->base;
        return NULL;
}

static void put_value(struct plausible *from, const ProtobufCFieldDescriptor *field, void *member, struct arena *arena)
{
        const ProtobufCEnumDescriptor *names = field->descriptor;
        ProtobufCMessage *message;

        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL: /* whose given name is told has more than one name */
                *(protobuf_c_boolean *)member =
                        fill_random(&from->seed) % 4 == 0 && strcmp(field->name, "one_name") != 0;
                break;
        case PROTOBUF_C_TYPE_ENUM: /* 0 is "not told" */
                *(int32_t *)member = names->values[1 + fill_random(&from->seed) % (names->n_values - 1)].value;
                break;
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_UINT32: *(int32_t *)member = number_for(from, field); break;
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_UINT64: *(uint64_t *)member = 0; break;
        case PROTOBUF_C_TYPE_STRING: *(char **)member = arena_text(arena, text_for(from, field)); break;
        case PROTOBUF_C_TYPE_BYTES: /* a cursor, a hash of a text: none */
                *(ProtobufCBinaryData *)member = (ProtobufCBinaryData){0};
                break;
        case PROTOBUF_C_TYPE_MESSAGE:
                message = quantity_for(from, field, arena);
                *(ProtobufCMessage **)member =
                        message != NULL ? message : plausible_message(from, field->descriptor, arena);
                break;
        default: require_failed("a type of field that proto/ did not use before", __FILE__, __LINE__, __func__);
        }
}

static size_t value_size(const ProtobufCFieldDescriptor *field)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING:
        case PROTOBUF_C_TYPE_MESSAGE: return sizeof(void *);
        case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_UINT64: return sizeof(uint64_t);
        default: return sizeof(uint32_t);
        }
}

/* An id of a kind of which none is known: who does not say everything leaves it out. */
static bool names_nothing_yet(struct plausible *from, const ProtobufCFieldDescriptor *field)
{
        return field->descriptor == &types__id__descriptor &&
               from->things[place_of(from, thing_of(field->name))].count == 0;
}

static void put_field(struct plausible *from, const ProtobufCFieldDescriptor *field, ProtobufCMessage *message,
                      struct arena *arena)
{
        uint8_t *member = (uint8_t *)message + field->offset;
        uint8_t *quantifier = (uint8_t *)message + field->quantifier_offset;

        if (!from->whole && (fill_random(&from->seed) % 8 == 0 || names_nothing_yet(from, field)))
                return;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                size_t count = 1 + fill_random(&from->seed) % 2;
                uint8_t *values = arena_zalloc(arena, count * value_size(field));
                for (size_t i = 0; i < count; i++)
                        put_value(from, field, values + i * value_size(field), arena);
                *(size_t *)(void *)quantifier = count;
                *(void **)(void *)member = values;
                return;
        }
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
                *(uint32_t *)(void *)quantifier = field->id;
        put_value(from, field, member, arena);
}

ProtobufCMessage *plausible_message(struct plausible *from, const ProtobufCMessageDescriptor *type, struct arena *arena)
{
        ProtobufCMessage *message = pb_new(type, arena);
        for (unsigned i = 0; i < type->n_fields; i++)
                put_field(from, &type->fields[i], message, arena);
        return message;
}
