/* fill.h: messages of any type with made-up contents, from a seed: what the mappings must carry without loss. Every
 * value is one that validate_message() accepts. The message and what it points to live in the arena. */
#ifndef TESTS_LIB_FILL_H
#define TESTS_LIB_FILL_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"

enum { FILL_TODAY = 20500 /* the day on which they are accepted */ };

uint64_t fill_random(uint64_t *state);
ProtobufCMessage *fill_message(const ProtobufCMessageDescriptor *type, uint64_t *state, struct arena *arena);
/* The same with what must be there alone: it names no thing. */
ProtobufCMessage *fill_least(const ProtobufCMessageDescriptor *type, uint64_t *state, struct arena *arena);

/* Calls `see` with every message type of the catalogue: inputs, outputs, events. */
void fill_each_type(void (*see)(const ProtobufCMessageDescriptor *type, void *argument), void *argument);
/* The same with inputs alone. */
void fill_each_request(void (*see)(const ProtobufCMessageDescriptor *type, void *argument), void *argument);

#endif
