#include "services/gateway/front/next_page.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "types.pb-c.h"

/* RFC 3986, 2.3 */
static bool is_unreserved(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (c != '\0' && strchr("-._~", c) != NULL);
}

static char *percent(const char *text, struct arena *arena)
{
        static const char digits[] = "0123456789ABCDEF";
        char *out = arena_alloc(arena, 3 * strlen(text) + 1), *at = out;
        for (; *text != '\0'; text++) {
                if (is_unreserved(*text)) {
                        *at++ = *text;
                        continue;
                }
                *at++ = '%';
                *at++ = digits[(unsigned char)*text >> 4];
                *at++ = digits[(unsigned char)*text & 15];
        }
        *at = '\0';
        return out;
}

static const void *member(const ProtobufCMessage *message, const char *name, ProtobufCType type)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        return field == NULL || field->type != type ? NULL : (const char *)message + field->offset;
}

struct slice next_cursor(const ProtobufCMessage *reply)
{
        const ProtobufCBinaryData *next = member(reply, "next", PROTOBUF_C_TYPE_BYTES);
        return next == NULL ? slice_of(NULL, 0) : pb_slice(*next);
}

const char *next_page(const struct catalogue_method *method, ProtobufCMessage *request, const ProtobufCMessage *reply,
                      struct arena *arena)
{
        struct slice next = next_cursor(reply);
        Types__Page **page = (Types__Page **)(uintptr_t)member(request, "page", PROTOBUF_C_TYPE_MESSAGE);
        if (next.size == 0 || page == NULL)
                return NULL;
        if (*page == NULL)
                *page = pb_new(&types__page__descriptor, arena);
        (*page)->after = pb_bytes(next);
        json_t *json = json_of_message(request);
        char *text = json_dumps(json, JSON_COMPACT);
        require(text != NULL);
        const char *link = arena_printf(arena, "</v1/%s/%s?q=%s>; rel=\"next\"", method->service->name,
                                        method->method->name, percent(text, arena));
        free(text);
        json_decref(json);
        return strlen(link) > NEXT_PAGE_MAX ? NULL : link;
}
