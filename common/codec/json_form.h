/* json_form.h: the messages of types.proto that are one text in JSON, as a table. For json.c, json_parse.c and
 * validate.c only. */
#ifndef COMMON_CODEC_JSON_FORM_H
#define COMMON_CODEC_JSON_FORM_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/arena.h"

struct json_form {
        const ProtobufCMessageDescriptor *type;
        json_t *(*format)(const ProtobufCMessage *message); /* a new reference; NULL: out of memory */
        bool (*parse)(const json_t *json, ProtobufCMessage *message, struct arena *arena);
        const char *remedy; /* French: what the value must be, with an example */
};

/* NULL: an ordinary message, an object in JSON. */
const struct json_form *json_form_of(const ProtobufCMessageDescriptor *type);

/* Bytes as base64; text as JSON, what is not UTF-8 in it replaced by U+FFFD. New references, NULL: out of memory. */
json_t *json_of_bytes(const uint8_t *bytes, size_t size);
json_t *json_of_utf8(const char *text);
/* Base64, of either alphabet, padded or not. */
bool json_to_bytes(const json_t *json, ProtobufCBinaryData *ret, struct arena *arena);

/* Size of one value of a field in its message or in its array. A float is a bug: the contract of proto/ has none. */
size_t json_value_size(const ProtobufCFieldDescriptor *field);

/* An integer number, a real one without fraction, or digits in a text. False: none of these, or out of range. */
bool json_to_integer(const json_t *json, int64_t min, uint64_t max, uint64_t *ret_bits);

#endif
