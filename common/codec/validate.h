/* validate.h: what must hold of any message from outside, whatever its type, told from its descriptor alone:
 * no unknown field, ids of 16 bytes, enum values that exist, text that is UTF-8, texts, bytes and lists within
 * their bounds and of their kind (bounds.h), days, months and instants within the years 1600..2400, shares within 0..1.
 * Rules of the trade are the service's. The size of the whole is judged before it is decoded: see accept.c. */
#ifndef COMMON_CODEC_VALIDATE_H
#define COMMON_CODEC_VALIDATE_H

#include <protobuf-c/protobuf-c.h>

#include "common/codec/refusal.h"

bool validate_message(const ProtobufCMessage *message, struct refusal *ret);

#endif
