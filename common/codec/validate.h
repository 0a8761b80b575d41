/* validate.h: what must hold of any message from outside, whatever its type, told from its descriptor alone:
 * no unknown field, ids of 16 bytes, enum values that exist, text that is UTF-8 and within LIMIT_TEXT_BYTES, days,
 * months and instants within the years 1600..2400, shares within 0..1. Rules of the trade are the service's. */
#ifndef COMMON_CODEC_VALIDATE_H
#define COMMON_CODEC_VALIDATE_H

#include <protobuf-c/protobuf-c.h>

#include "common/codec/refusal.h"

bool validate_message(const ProtobufCMessage *message, struct refusal *ret);

#endif
