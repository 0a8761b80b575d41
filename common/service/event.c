#include "common/service/event.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "envelope.pb-c.h"

static const ProtobufCFieldDescriptor *field_of_body(const ProtobufCMessageDescriptor *type,
                                                     const ProtobufCMessageDescriptor *body)
{
        for (unsigned i = 0; i < type->n_fields; i++)
                if (type->fields[i].descriptor == body)
                        return &type->fields[i];
        return NULL;
}

void *event_of_body(const ProtobufCMessageDescriptor *type, const ProtobufCMessage *body, struct arena *arena)
{
        const ProtobufCFieldDescriptor *field = field_of_body(type, body->descriptor);
        require(field != NULL);
        uint8_t *event = pb_new(type, arena);
        *(const ProtobufCMessage **)(void *)(event + field->offset) = body;
        *(uint32_t *)(void *)(event + field->quantifier_offset) = field->id;
        return event;
}

int event_kinds_differ(const ProtobufCMessageDescriptor *type, struct err_info *info)
{
        for (unsigned i = 0; i < type->n_fields; i++)
                if (field_of_body(type, type->fields[i].descriptor) != &type->fields[i])
                        return err_set(info, ERR_CONFIG, "%s: %s is of the type of another kind of event", type->name,
                                       type->fields[i].name);
        return 0;
}

bool event_open(const char *source, struct slice record, struct arena *arena, struct event *ret, struct slice *ret_body)
{
        Wire__EventRecord *entry = pb_decode(&wire__event_record__descriptor, record, arena);
        if (entry == NULL || entry->cause.len != sizeof(struct id) ||
            (entry->account.len != 0 && entry->account.len != sizeof(struct id)))
                return false;
        *ret = (struct event){
                .number = entry->number,
                .at_ms = entry->at_ms,
                .user = entry->user,
                .source = source,
                .record = record,
                .previous_hash = pb_slice(entry->previous_hash),
                .is_relayed = entry->origin != NULL,
                .after_source = entry->after == NULL ? NULL : entry->after->instance,
                .after_number = entry->after == NULL ? 0 : entry->after->number,
        };
        memcpy(ret->cause.b, entry->cause.data, sizeof(ret->cause.b));
        if (entry->account.len != 0)
                memcpy(ret->account.b, entry->account.data, sizeof(ret->account.b));
        *ret_body = pb_slice(entry->body);
        return true;
}

/* The tag of the first field, a varint. An Event holds one field and nothing else. */
uint32_t event_kind(struct slice body)
{
        enum { LENGTH_DELIMITED = 2, TAG_BYTES_MAX = 4 };
        uint32_t tag = 0;
        for (unsigned i = 0; i < body.size && i < TAG_BYTES_MAX; i++) {
                tag |= (uint32_t)(body.data[i] & 0x7f) << 7 * i;
                if ((body.data[i] & 0x80) == 0)
                        return (tag & 7) == LENGTH_DELIMITED ? tag >> 3 : 0;
        }
        return 0;
}

/* tidy: many because the parts of an entry come from three places: the log, the source's name, the spec */
bool event_of_entry(const ProtobufCMessageDescriptor *type, const char *source, struct slice record,
                    struct slice sealed, struct arena *arena, struct event *ret)
{
        struct slice body;
        if (!event_open(source, record, arena, ret, &body))
                return false;
        ret->sealed = sealed;
        ret->body = pb_decode(type, body, arena);
        return ret->body != NULL;
}

struct id event_id(const struct event *event)
{
        char name[128];
        int size = snprintf(name, sizeof(name), "%s/%llu", event->source, (unsigned long long)event->number);
        return id_derived(event->at_ms, slice_of(name, (size_t)size));
}

bool event_is_known(const void *event)
{
        const ProtobufCMessage *message = event;
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
                        return *(const uint32_t *)(const void *)((const char *)event + field->quantifier_offset) != 0;
        }
        return true; /* not a choice: nothing that could be unknown */
}
