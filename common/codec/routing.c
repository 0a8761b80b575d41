#include "common/codec/routing.h"

static const void *place_in(const ProtobufCMessage *message, uint32_t offset)
{
        return (const uint8_t *)message + offset;
}

static const Types__Id *own_id(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        return *(const Types__Id *const *)place_in(message, field->offset);
}

/* Of the first line of a list, the first id of that kind. */
static const Types__Id *first_id(const ProtobufCMessage *request, const ProtobufCFieldDescriptor *field)
{
        if (*(const size_t *)place_in(request, field->quantifier_offset) == 0)
                return NULL;
        const ProtobufCMessage *line = (*(ProtobufCMessage *const *const *)place_in(request, field->offset))[0];
        for (unsigned i = 0; i < line->descriptor->n_fields; i++)
                if (field_rule(&line->descriptor->fields[i])->routing == ROUTING_ID)
                        return own_id(line, &line->descriptor->fields[i]);
        return NULL;
}

const Types__Id *field_routing_id(const ProtobufCMessage *request, const ProtobufCFieldDescriptor *field)
{
        switch (field_rule(field)->routing) {
        case ROUTING_ID: return own_id(request, field);
        case ROUTING_FIRST: return first_id(request, field);
        default: return NULL;
        }
}
