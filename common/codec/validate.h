/* validate.h: what must hold of any request from outside, whatever its type, told from its descriptor and the rows of
 * field_rules.h alone: no unknown field, ids of 16 bytes, enum values that exist, text that is UTF-8; what must be
 * there is; texts, bytes and lists are within their bounds and of their kind, numbers and days in their range; days,
 * months and instants lie within the years 1600..2400, shares within 0..1. What is wrong is told in French, with the
 * field's label and the remedy: the first thing, and what is missing only where nothing else is wrong. What depends on
 * another field, or on what is kept, is the service's. Codes of dated lists (codes.h) are checked where the lists are
 * given: in the daemons whose fields they are. The size of the whole is judged before it is decoded: see
 * accept.c. */
#ifndef COMMON_CODEC_VALIDATE_H
#define COMMON_CODEC_VALIDATE_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/day.h"
#include "common/codec/refusal.h"

/* `today`: on the wall of who asks. */
bool validate_message(const ProtobufCMessage *message, struct day today, struct refusal *ret);

/* The same, and the codes. NULL: they are not checked. */
struct code_lists;
bool validate_with_codes(const ProtobufCMessage *message, struct day today, const struct code_lists *codes,
                         struct refusal *ret);

/* The refusal of a field that is empty, for what demands it elsewhere than in a row. Always false. */
bool refuse_missing(const ProtobufCFieldDescriptor *field, struct refusal *ret);

#endif
