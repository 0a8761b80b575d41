#include "tests/lib/spoil.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/world.h"
#include "common/codec/field_rules.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum { MANY = 101 };

struct spoiling {
        struct plausible *pool;
        uint16_t which;
        uint8_t how;
        struct arena *arena;
};

static char *repeat(const char *character, size_t count, struct arena *arena)
{
        size_t size = strlen(character);
        char *text = arena_alloc(arena, count * size + 1);
        for (size_t i = 0; i < count; i++)
                memcpy(text + i * size, character, size);
        text[count * size] = '\0';
        return text;
}

static char *spoilt_text(const ProtobufCFieldDescriptor *field, uint8_t how, struct arena *arena)
{
        static const char *const texts[] = {
                "",           "   ",        "\xff\xff", "\xc3",    "\x01\r\n\t", "%s%n{}{{x}}\"'<a>",
                "0",          "-1",         "*",        "2A",      "976",        "1990-13",
                "2026-02-30", "1990",       "WOMAN",    "OTHER",   "B_QPV",      "B_DELD",
                "PROOF",      "infirmière", "K2204",    "Z9999",   "CDI",        "1 rue de la Paix",
                "CONTROL",    "OTHER",      "CONTACT",  "é",       "e\u0301",    "\u200b\u202e",
                "NOT_TAKEN",  "NO_ANSWER",  "HEALTH",   "cancer",  "prison",     "00:00",
                "1e9",        "1,5",        "151,67",   "11/2026", "2026-11",    "31/12/9999"};
        uint32_t most = field_rule(field)->characters_max;
        size_t at = how % (ARRAY_SIZE(texts) + 4);
        switch (at) {
        case 0: return repeat("x", most, arena);
        case 1: return repeat("x", most + 1, arena);
        case 2: return repeat("\xf0\x9f\x8f\x97", most, arena);
        case 3: return repeat("9", most, arena);
        default: return arena_text(arena, texts[at - 4]);
        }
}

static ProtobufCBinaryData spoilt_bytes(uint8_t how, struct arena *arena)
{
        static const size_t sizes[] = {0, 1, 8, 15, 16, 17, 32, 33, 1024, 1025};
        size_t size = sizes[how % ARRAY_SIZE(sizes)];
        uint8_t *data = arena_alloc(arena, size + 1);
        memset(data, how >= 128 ? 0xff : how, size);
        return pb_bytes(slice_of(data, size));
}

static int64_t spoilt_number(uint8_t how)
{
        static const int64_t numbers[] = {0,         1,
                                          -1,        2,
                                          3,         12,
                                          28,        31,
                                          500,       501,
                                          999,       1000,
                                          2026,      INT32_MAX,
                                          INT32_MIN, UINT32_MAX,
                                          INT64_MAX, INT64_MIN,
                                          -135140,   157419,
                                          -135141,   157420,
                                          -4440,     5171,
                                          1000000,   1000001,
                                          74400,     74401,
                                          20744,     20745,
                                          20700,     20379,
                                          681,       -11676096000000};
        return numbers[how % ARRAY_SIZE(numbers)];
}

/* Of a day or a month: so many away from what stands there. */
static int64_t moved(int64_t from, uint8_t how)
{
        static const int away[] = {1, -1, 2, -2, 29, -31, 89, -90, 365, -365, 366, 730, -731, 3653, -36500, 36500};
        return from + away[how % ARRAY_SIZE(away)];
}

static bool spoil_quantity(const struct spoiling *by, ProtobufCMessage *value)
{
        static const char *const things[] = {"contract_id", "obligation_id", "beneficiary_id",  "placement_id",
                                             "proposal_id", "need_id",       "organisation_id", "case_id"};
        const ProtobufCMessageDescriptor *type = value->descriptor;
        struct arena *arena = by->arena;
        uint8_t how = by->how;
        if (type == &types__id__descriptor) {
                struct id id = plausible_id(by->pool, things[how % ARRAY_SIZE(things)]);
                if (how >= 224)
                        id.b[15] ^= how;
                ((Types__Id *)value)->value =
                        how >= 240 ? spoilt_bytes(how, arena) : pb_bytes(arena_copy_slice(arena, id_slice(&id)));
        } else if (type == &types__day__descriptor) {
                Types__Day *day = (Types__Day *)value;
                day->days = (int32_t)(how < 128 ? moved(day->days, how) : spoilt_number(how));
        } else if (type == &types__month__descriptor) {
                Types__Month *month = (Types__Month *)value;
                month->months = (int32_t)(how < 128 ? moved(month->months, how) : spoilt_number(how));
        } else if (type->n_fields == 1 && type->fields[0].type != PROTOBUF_C_TYPE_MESSAGE &&
                   type->fields[0].label != PROTOBUF_C_LABEL_REPEATED &&
                   type->fields[0].type != PROTOBUF_C_TYPE_STRING && type->fields[0].type != PROTOBUF_C_TYPE_BYTES) {
                void *member = (uint8_t *)value + type->fields[0].offset;
                bool wide = type->fields[0].type == PROTOBUF_C_TYPE_INT64 ||
                            type->fields[0].type == PROTOBUF_C_TYPE_SINT64 ||
                            type->fields[0].type == PROTOBUF_C_TYPE_UINT64;
                if (wide)
                        *(int64_t *)member = spoilt_number(how);
                else
                        *(uint32_t *)member = (uint32_t)spoilt_number(how);
        } else {
                return false;
        }
        return true;
}

static void spoil_value(const struct spoiling *by, const ProtobufCFieldDescriptor *field, void *member)
{
        const ProtobufCEnumDescriptor *names = field->descriptor;
        ProtobufCMessage **message = member;
        uint8_t how = by->how;

        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING: *(char **)member = spoilt_text(field, how, by->arena); break;
        case PROTOBUF_C_TYPE_BYTES: *(ProtobufCBinaryData *)member = spoilt_bytes(how, by->arena); break;
        case PROTOBUF_C_TYPE_BOOL: *(protobuf_c_boolean *)member = how % 2; break;
        case PROTOBUF_C_TYPE_ENUM:
                *(int32_t *)member = how < 240 ? names->values[how % names->n_values].value : how * 40;
                break;
        case PROTOBUF_C_TYPE_MESSAGE:
                if (*message == NULL) /* days, hours, ids… are made by what holds them: here, nothing yet */
                        *message =
                                strncmp(((const ProtobufCMessageDescriptor *)field->descriptor)->name, "types.", 6) == 0
                                        ? pb_new(field->descriptor, by->arena)
                                        : plausible_message(by->pool, field->descriptor, by->arena);
                if (!spoil_quantity(by, *message))
                        spoil(by->pool, *message, by->which, how, by->arena);
                break;
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64:
        case PROTOBUF_C_TYPE_UINT64: *(int64_t *)member = spoilt_number(how); break;
        default: *(uint32_t *)member = (uint32_t)spoilt_number(how); break;
        }
}

static size_t value_size(const ProtobufCFieldDescriptor *field)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING:
        case PROTOBUF_C_TYPE_MESSAGE: return sizeof(void *);
        case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64:
        case PROTOBUF_C_TYPE_UINT64: return sizeof(uint64_t);
        default: return sizeof(uint32_t);
        }
}

/* None; the first one again and again; or the first one spoilt. */
static void spoil_list(const struct spoiling *by, const ProtobufCFieldDescriptor *field, size_t *count,
                       uint8_t **values)
{
        size_t size = value_size(field), most = field_rule(field)->count_max;
        if (by->how < 32 || *count == 0) {
                *count = 0;
                return;
        }
        if (by->how >= 96) {
                spoil_value(by, field, *values);
                return;
        }
        size_t wanted = by->how < 64 ? 2 : most >= MANY ? MANY : most + 1;
        uint8_t *many = arena_alloc(by->arena, wanted * size);
        for (size_t i = 0; i < wanted; i++)
                memcpy(many + i * size, *values, size);
        *count = wanted;
        *values = many;
}

void spoil(struct plausible *pool, ProtobufCMessage *message, uint16_t which, uint8_t how, struct arena *arena)
{
        if (message->descriptor->n_fields == 0)
                return;
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[which % message->descriptor->n_fields];
        const struct spoiling by = {pool, (uint16_t)(which / message->descriptor->n_fields), how, arena};
        void *member = (uint8_t *)message + field->offset;
        void *quantifier = (uint8_t *)message + field->quantifier_offset;

        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                spoil_list(&by, field, quantifier, member);
                return;
        }
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && how % 8 == 7) {
                if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0)
                        *(ProtobufCMessage **)member = NULL;
                return;
        }
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 && *(uint32_t *)quantifier != field->id) {
                memset(member, 0, value_size(field));
                *(uint32_t *)quantifier = field->id;
        }
        spoil_value(&by, field, member);
}
