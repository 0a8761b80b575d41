/* whole.h: messages in which every field says something, each list one thing: what a reader who reads everything would
 * see of it. Values are of the kind that their type has, and mean nothing. No message holds itself. */
#ifndef TESTS_LIB_WHOLE_H
#define TESTS_LIB_WHOLE_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"

ProtobufCMessage *whole_message(const ProtobufCMessageDescriptor *type, struct arena *arena);

#endif
