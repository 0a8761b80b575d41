/* value.h: fields of messages by their paths: read as a French reader expects them, written from what she types. What a
 * field is, is told by its descriptor. Pure. */
#ifndef SERVICES_GATEWAY_LINKS_VALUE_H
#define SERVICES_GATEWAY_LINKS_VALUE_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/base/id.h"
#include "types.pb-c.h"

enum value_kind {
        VALUE_TEXT,
        VALUE_HOURS,
        VALUE_MONEY,
        VALUE_DAY,
        VALUE_MONTH,
        VALUE_INSTANT,
        VALUE_ENUM,
        VALUE_OTHER
};

enum value_kind value_kind(const ProtobufCFieldDescriptor *field);
/* "responsible.name", "months@.submitted" (purposes.h). NULL: there is no such field. */
const ProtobufCFieldDescriptor *value_field(const ProtobufCMessageDescriptor *type, const char *path);
/* NULL: it is absent, or empty, or of a kind that is not shown. */
char *value_french(const ProtobufCMessage *message, const char *path, const Types__Month *month, struct arena *arena);
ProtobufCBinaryData value_bytes(const ProtobufCMessage *message, const char *name); /* no such field: none */
/* A whole number that is to be given back as it is; 0: absent. */
uint64_t value_number(const ProtobufCMessage *message, const char *path);
/* The element of that list whose field `id` is this. NULL: there is none. */
const ProtobufCMessage *value_element(const ProtobufCMessage *message, const char *list, const char *id,
                                      const Types__Id *wanted);

struct id value_id(const ProtobufCMessage *message, const char *name); /* absent: zero */
/* One element of a list after the other; NULL behind the last. */
const ProtobufCMessage *value_nth(const ProtobufCMessage *message, const char *list, size_t n);
/* A field of a request, to be set. NULL: there is none of that type. */
ProtobufCMessage **value_message(ProtobufCMessage *message, const char *name, const ProtobufCMessageDescriptor *type);
char **value_text(ProtobufCMessage *message, const char *name);

/* Puts what was typed at that path of a request's JSON, in JSON's form: "17,5 h" is "17.5". */
void value_put(json_t *object, const ProtobufCMessageDescriptor *type, const char *path, const char *typed);

#endif
