/* json.h: the canonical proto3 JSON mapping, once, for every message, from protobuf-c's descriptors. The messages of
 * types.proto have the text forms that types.proto lists. Names are lowerCamelCase; on input the proto names are taken
 * too. Enums are their names; 64-bit integers are strings; bytes are base64; default values are omitted.
 * On input an unknown name, a wrong type, a number out of range or a text that is not what its type asks for is refused
 * with the path of the field ("calibration.labourShare") and the remedy, in French. Depth: LIMIT_JSON_DEPTH. */
#ifndef COMMON_CODEC_JSON_H
#define COMMON_CODEC_JSON_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/codec/refusal.h"

/* A text of JSON: a new reference. Refuses what is not JSON, telling line and column, a name given twice in an object,
 * and text that is not UTF-8. */
bool json_of_text(struct slice text, json_t **ret, struct refusal *ret_refusal);

json_t *json_of_message(const ProtobufCMessage *message); /* a new reference; NULL only when out of memory */
bool json_to_message(const json_t *json, const ProtobufCMessageDescriptor *type, struct arena *arena,
                     ProtobufCMessage **ret_message, struct refusal *ret_refusal);

/* Takes the reference. A value of NULL (no memory, or a text that is not UTF-8) ends the program: check texts first. */
void json_set_member(json_t *object, const char *name, json_t *value);

/* The field that a name in JSON means (either spelling). NULL: there is none. */
const ProtobufCFieldDescriptor *json_field(const ProtobufCMessageDescriptor *type, const char *name);

#endif
