#include "common/codec/catalogue.h"

#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "accounts/commands.pb-c.h"
#include "accounts/events.pb-c.h"
#include "accounts/queries.pb-c.h"
#include "contracts/commands.pb-c.h"
#include "contracts/events.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "directory/commands.pb-c.h"
#include "directory/events.pb-c.h"
#include "directory/queries.pb-c.h"
#include "gateway/events.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"
#include "notifications/queries.pb-c.h"
#include "reporting/commands.pb-c.h"
#include "reporting/events.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "tracking/commands.pb-c.h"
#include "tracking/events.pb-c.h"
#include "tracking/queries.pb-c.h"
#include "types.pb-c.h"

const struct catalogue_service catalogue[] = {
        {"contracts", &contracts__commands__descriptor, &contracts__queries__descriptor, &contracts__event__descriptor},
        {"tracking", &tracking__commands__descriptor, &tracking__queries__descriptor, &tracking__event__descriptor},
        {"directory", &directory__commands__descriptor, &directory__queries__descriptor, &directory__event__descriptor},
        {"notifications", &notifications__commands__descriptor, &notifications__queries__descriptor,
         &notifications__event__descriptor},
        {"reporting", &reporting__commands__descriptor, &reporting__queries__descriptor, &reporting__event__descriptor},
        {"accounts", &accounts__commands__descriptor, &accounts__queries__descriptor, &accounts__event__descriptor},
        {"gateway", NULL, NULL, &gateway__event__descriptor},
        {"runtime", NULL, &runtime__queries__descriptor, NULL},
        {NULL, NULL, NULL, NULL},
};

const struct catalogue_service *catalogue_find(const char *service)
{
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++)
                if (strcmp(at->name, service) == 0)
                        return at;
        return NULL;
}

static const ProtobufCMethodDescriptor *method_of(const ProtobufCServiceDescriptor *block, const char *name)
{
        return block == NULL ? NULL : protobuf_c_service_descriptor_get_method_by_name(block, name);
}

bool catalogue_method(const char *qualified_name, struct catalogue_method *ret)
{
        const char *dot = strchr(qualified_name, '.');
        if (dot == NULL || dot - qualified_name >= LIMIT_METHOD_BYTES)
                return false;

        char service[LIMIT_METHOD_BYTES];
        (void)snprintf(service, sizeof(service), "%.*s", (int)(dot - qualified_name), qualified_name);
        struct catalogue_method found = {.service = catalogue_find(service)};
        if (found.service == NULL)
                return false;
        found.method = method_of(found.service->commands, dot + 1);
        found.is_command = found.method != NULL;
        if (found.method == NULL)
                found.method = method_of(found.service->queries, dot + 1);
        if (found.method == NULL)
                return false;
        *ret = found;
        return true;
}

static bool holds_rows(const ProtobufCMessageDescriptor *type, int depth)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                if (field->descriptor == &types__list_row__descriptor ||
                    (depth > 0 && holds_rows(field->descriptor, depth - 1)))
                        return true;
        }
        return false;
}

bool catalogue_holds_rows(const struct catalogue_method *method)
{
        return holds_rows(method->method->input, 2);
}

bool catalogue_takes_body(const struct catalogue_method *method)
{
        return method->is_command || catalogue_holds_rows(method);
}

static bool has(const ProtobufCMessageDescriptor *type, const char *name, ProtobufCType of)
{
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, name);
        return field != NULL && field->type == of && field->label != PROTOBUF_C_LABEL_REPEATED;
}

bool catalogue_takes_pieces(const struct catalogue_method *method)
{
        const ProtobufCMessageDescriptor *input = method->method->input;
        return method->is_command && has(input, "index", PROTOBUF_C_TYPE_UINT32) &&
               has(input, "content", PROTOBUF_C_TYPE_BYTES) &&
               has(method->method->output, "next_piece", PROTOBUF_C_TYPE_UINT32);
}

bool catalogue_gives_pieces(const struct catalogue_method *method)
{
        const ProtobufCMessageDescriptor *output = method->method->output;
        return !method->is_command && has(method->method->input, "index", PROTOBUF_C_TYPE_UINT32) &&
               has(output, "content", PROTOBUF_C_TYPE_BYTES) && has(output, "size", PROTOBUF_C_TYPE_UINT64) &&
               has(output, "piece_bytes", PROTOBUF_C_TYPE_UINT32) && has(output, "media_type", PROTOBUF_C_TYPE_ENUM) &&
               has(output, "title", PROTOBUF_C_TYPE_STRING) && has(output, "tag", PROTOBUF_C_TYPE_BYTES);
}
