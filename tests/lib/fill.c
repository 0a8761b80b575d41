#include "tests/lib/fill.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/quantity.h"
#include "common/base/require.h"
#include "common/codec/field_rules.h"
#include "common/codec/catalogue.h"
#include "common/codec/json_form.h"
#include "common/codec/pb.h"
#include "types.pb-c.h"

uint64_t fill_random(uint64_t *state) /* splitmix64 */
{
        uint64_t z = (*state += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}

static int64_t between(uint64_t *state, int64_t least, int64_t most)
{
        return least + (int64_t)(fill_random(state) % (uint64_t)(most - least + 1));
}

static ProtobufCBinaryData bytes(uint64_t *state, size_t size, struct arena *arena)
{
        uint8_t *data = arena_alloc(arena, size);
        for (size_t i = 0; i < size; i++)
                data[i] = (uint8_t)fill_random(state);
        return (ProtobufCBinaryData){.len = size, .data = data};
}

/* Within the field's range, which may be of the message itself (NULL). */
static int64_t amount(const struct field_rule *rule, uint64_t *state)
{
        int64_t any = (int64_t)fill_random(state) >> (fill_random(state) % 60);
        if (rule == NULL || (rule->least == 0 && rule->most == 0))
                return any;
        return rule->most == FIELD_NO_MOST ? rule->least + (any & INT32_MAX) : between(state, rule->least, rule->most);
}

static int32_t day(const struct field_rule *rule, uint64_t *state)
{
        if (rule != NULL && rule->day == DAY_NEAR)
                return (int32_t)between(state, FILL_TODAY - 1000, FILL_TODAY + 700);
        return (int32_t)between(state, -135140, rule != NULL && rule->day == DAY_PAST ? FILL_TODAY : 157419);
}

/* The messages of types.proto hold what their text forms can say. True where `message` is one of them. */
static bool fill_form(ProtobufCMessage *message, const struct field_rule *rule, uint64_t *state, struct arena *arena)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;

        if (type == &types__id__descriptor)
                ((Types__Id *)message)->value = bytes(state, 16, arena);
        else if (type == &types__day__descriptor)
                ((Types__Day *)message)->days = day(rule, state);
        else if (type == &types__month__descriptor)
                ((Types__Month *)message)->months = (int32_t)between(state, -4440, 5171);
        else if (type == &types__instant__descriptor)
                ((Types__Instant *)message)->ms = between(state, -11676096000000, 13601087999999);
        else if (type == &types__hours__descriptor)
                ((Types__Hours *)message)->hundredths = amount(rule, state);
        else if (type == &types__money__descriptor)
                ((Types__Money *)message)->cents = amount(rule, state);
        else if (type == &types__share__descriptor)
                ((Types__Share *)message)->millionths = (uint32_t)between(state, 0, SHARE_ONE_MILLIONTHS);
        else if (type == &types__decimal__descriptor)
                ((Types__Decimal *)message)->millionths = (int64_t)fill_random(state) >> (fill_random(state) % 60);
        else
                return false;
        return true;
}

/* A text of the kind that the field must hold. */
static const char *text_for(const struct field_rule *rule, uint64_t *state)
{
        static const char *const texts[] = {"31", "Éléonore \"Ève\" d'Œil", "\x01\x1f\t\n\\", "日本 🏗", "a b/c",
                                            ""};
        switch (rule->kind) {
        case TEXT_SIRET:
        case TEXT_SIRET_SOUGHT:
        case TEXT_SIRET_OR_SIREN: return "73282932000074";
        case TEXT_MAIL_ADDRESS: return "a.b@exemple.fr";
        case TEXT_TERRITORY: return "2A";
        case TEXT_TERRITORIES: return "*";
        case TEXT_COMMUNE: return "31555";
        case TEXT_ROME: return "F1703";
        case TEXT_CPV_PREFIX: return "45";
        case TEXT_PHONE: return "+33 6 12 34 56 78";
        case TEXT_PERSON_NAME: return "d'Œil-de-Bœuf";
        case TEXT_ACCOUNT: return "marie.dupont";
        case TEXT_UNSAID:
        case TEXT_FREE: break;
        }
        return texts[fill_random(state) % (ARRAY_SIZE(texts) - (rule->presence == PRESENCE_REQUIRED ? 1 : 0))];
}

static ProtobufCMessage *message_for(const ProtobufCMessageDescriptor *type, const struct field_rule *rule,
                                     uint64_t *state, struct arena *arena);

/* Never one that must be there and is the first, which means "not said". */
static int32_t name_for(const ProtobufCEnumDescriptor *names, const struct field_rule *rule, uint64_t *state)
{
        unsigned first = rule->presence == PRESENCE_REQUIRED && names->values[0].value == 0 ? 1 : 0;
        return names->values[first + fill_random(state) % (names->n_values - first)].value;
}

static uint32_t number_for(const struct field_rule *rule, uint64_t *state)
{
        bool any = rule->least == 0 && rule->most == 0;
        uint32_t number = (uint32_t)fill_random(state);
        if (any)
                return rule->presence == PRESENCE_REQUIRED ? number | 1 : number;
        return (uint32_t)between(state, rule->least, rule->most);
}

static size_t size_for(const struct field_rule *rule, uint64_t *state)
{
        size_t most = rule->bytes_max < 32 ? rule->bytes_max : 32, size = fill_random(state) % (most + 1);
        return size == 0 && rule->presence == PRESENCE_REQUIRED ? 1 : size;
}

static void fill_value(const ProtobufCFieldDescriptor *field, void *member, uint64_t *state, struct arena *arena)
{
        const struct field_rule *rule = field_rule(field);

        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL: *(protobuf_c_boolean *)member = fill_random(state) % 2 == 0; break;
        case PROTOBUF_C_TYPE_ENUM: *(int32_t *)member = name_for(field->descriptor, rule, state); break;
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_UINT32: *(uint32_t *)member = number_for(rule, state); break;
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_UINT64: *(uint64_t *)member = fill_random(state) >> (fill_random(state) % 64); break;
        case PROTOBUF_C_TYPE_STRING: *(char **)member = arena_text(arena, text_for(rule, state)); break;
        case PROTOBUF_C_TYPE_BYTES: *(ProtobufCBinaryData *)member = bytes(state, size_for(rule, state), arena); break;
        case PROTOBUF_C_TYPE_MESSAGE:
                *(ProtobufCMessage **)member = message_for(field->descriptor, rule, state, arena);
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

static void fill_field(const ProtobufCFieldDescriptor *field, ProtobufCMessage *message, uint64_t *state,
                       struct arena *arena)
{
        uint8_t *member = (uint8_t *)message + field->offset;
        uint8_t *quantifier = (uint8_t *)message + field->quantifier_offset;

        bool must = field_rule(field)->presence == PRESENCE_REQUIRED;
        if (fill_random(state) % 4 == 0 && !must)
                return;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                size_t count = must ? 1 + fill_random(state) % 3 : fill_random(state) % 4;
                uint8_t *values = arena_zalloc(arena, count * value_size(field));
                for (size_t i = 0; i < count; i++)
                        fill_value(field, values + i * value_size(field), state, arena);
                *(size_t *)quantifier = count;
                *(void **)member = values;
                return;
        }
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
                if (*(uint32_t *)quantifier != 0 || fill_random(state) % 3 != 0)
                        return;
                *(uint32_t *)quantifier = field->id;
        }
        fill_value(field, member, state, arena);
}

static ProtobufCMessage *message_for(const ProtobufCMessageDescriptor *type, const struct field_rule *rule,
                                     uint64_t *state, struct arena *arena)
{
        ProtobufCMessage *message = pb_new(type, arena);
        if (!fill_form(message, rule, state, arena))
                for (unsigned i = 0; i < type->n_fields; i++)
                        fill_field(&type->fields[i], message, state, arena);
        return message;
}

ProtobufCMessage *fill_message(const ProtobufCMessageDescriptor *type, uint64_t *state, struct arena *arena)
{
        return message_for(type, NULL, state, arena);
}

ProtobufCMessage *fill_least(const ProtobufCMessageDescriptor *type, uint64_t *state, struct arena *arena)
{
        ProtobufCMessage *whole = fill_message(type, state, arena), *least = pb_new(type, arena);
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                uint8_t *from = (uint8_t *)whole + field->offset, *to = (uint8_t *)least + field->offset;
                bool is_list = field->label == PROTOBUF_C_LABEL_REPEATED;
                bool is_inner = field->type == PROTOBUF_C_TYPE_MESSAGE && json_form_of(field->descriptor) == NULL;
                if (field_rule(field)->presence != PRESENCE_REQUIRED)
                        continue;
                memcpy(to, from, is_list ? sizeof(void *) : value_size(field));
                if (is_list)
                        *(size_t *)(void *)((uint8_t *)least + field->quantifier_offset) = 1;
                if (is_inner)
                        *(is_list ? *(ProtobufCMessage ***)(void *)to : (ProtobufCMessage **)(void *)to) =
                                fill_least(field->descriptor, state, arena);
        }
        return least;
}

static void each_method(const ProtobufCServiceDescriptor *block, bool outputs,
                        void (*see)(const ProtobufCMessageDescriptor *type, void *argument), void *argument)
{
        for (unsigned i = 0; block != NULL && i < block->n_methods; i++) {
                see(block->methods[i].input, argument);
                if (outputs)
                        see(block->methods[i].output, argument);
        }
}

static void each_service(bool outputs, void (*see)(const ProtobufCMessageDescriptor *type, void *argument),
                         void *argument)
{
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                each_method(service->commands, outputs, see, argument);
                each_method(service->queries, outputs, see, argument);
                if (outputs && service->event != NULL)
                        see(service->event, argument);
        }
}

void fill_each_type(void (*see)(const ProtobufCMessageDescriptor *type, void *argument), void *argument)
{
        each_service(true, see, argument);
}

void fill_each_request(void (*see)(const ProtobufCMessageDescriptor *type, void *argument), void *argument)
{
        each_service(false, see, argument);
}
