#include "tests/lib/fill.h"

#include "common/base/attr.h"
#include "common/base/quantity.h"
#include "common/base/require.h"
#include "common/codec/bounds.h"
#include "common/codec/catalogue.h"
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

/* The messages of types.proto hold what their text forms can say. True where `message` is one of them. */
static bool fill_form(ProtobufCMessage *message, uint64_t *state, struct arena *arena)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;

        if (type == &types__id__descriptor)
                ((Types__Id *)message)->value = bytes(state, 16, arena);
        else if (type == &types__day__descriptor)
                ((Types__Day *)message)->days = (int32_t)between(state, -135140, 157419);
        else if (type == &types__month__descriptor)
                ((Types__Month *)message)->months = (int32_t)between(state, -4440, 5171);
        else if (type == &types__instant__descriptor)
                ((Types__Instant *)message)->ms = between(state, -11676096000000, 13601087999999);
        else if (type == &types__hours__descriptor)
                ((Types__Hours *)message)->hundredths = (int64_t)fill_random(state) >> (fill_random(state) % 60);
        else if (type == &types__money__descriptor)
                ((Types__Money *)message)->cents = (int64_t)fill_random(state) >> (fill_random(state) % 60);
        else if (type == &types__share__descriptor)
                ((Types__Share *)message)->millionths = (uint32_t)between(state, 0, SHARE_ONE_MILLIONTHS);
        else if (type == &types__decimal__descriptor)
                ((Types__Decimal *)message)->millionths = (int64_t)fill_random(state) >> (fill_random(state) % 60);
        else
                return false;
        return true;
}

/* A text of the kind that the field must hold. */
static const char *text_for(const ProtobufCFieldDescriptor *field, uint64_t *state)
{
        static const char *const texts[] = {"",     "31", "Éléonore \"Ève\" d'Œil", "\x01\x1f\t\n\\", "日本 🏗",
                                            "a b/c"};
        switch (bounds_of_field(field).kind) {
        case TEXT_SIRET:
        case TEXT_SIRET_SOUGHT:
        case TEXT_SIRET_OR_SIREN: return "73282932000074";
        case TEXT_MAIL_ADDRESS: return "a.b@exemple.fr";
        case TEXT_FREE: break;
        }
        return texts[fill_random(state) % ARRAY_SIZE(texts)];
}

static void fill_value(const ProtobufCFieldDescriptor *field, void *member, uint64_t *state, struct arena *arena)
{
        const ProtobufCEnumDescriptor *names = field->descriptor;

        switch (field->type) {
        case PROTOBUF_C_TYPE_BOOL: *(protobuf_c_boolean *)member = fill_random(state) % 2 == 0; break;
        case PROTOBUF_C_TYPE_ENUM:
                *(int32_t *)member = names->values[fill_random(state) % names->n_values].value;
                break;
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_UINT32: *(uint32_t *)member = (uint32_t)fill_random(state); break;
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_UINT64: *(uint64_t *)member = fill_random(state) >> (fill_random(state) % 64); break;
        case PROTOBUF_C_TYPE_STRING: *(char **)member = arena_text(arena, text_for(field, state)); break;
        case PROTOBUF_C_TYPE_BYTES:
                *(ProtobufCBinaryData *)member = bytes(state, fill_random(state) % 33, arena);
                break;
        case PROTOBUF_C_TYPE_MESSAGE:
                *(ProtobufCMessage **)member = fill_message(field->descriptor, state, arena);
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

        if (fill_random(state) % 4 == 0)
                return;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                size_t count = fill_random(state) % 4;
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

ProtobufCMessage *fill_message(const ProtobufCMessageDescriptor *type, uint64_t *state, struct arena *arena)
{
        ProtobufCMessage *message = pb_new(type, arena);
        if (!fill_form(message, state, arena))
                for (unsigned i = 0; i < type->n_fields; i++)
                        fill_field(&type->fields[i], message, state, arena);
        return message;
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
