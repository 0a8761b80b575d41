/* request_example.h: what a request looks like, for whoever reads about it: made from the descriptors, the field rules
 * and the lists of codes. Values are invented and of the right kind; ids are of nothing. Any thread. */
#ifndef COMMON_CODEC_REQUEST_EXAMPLE_H
#define COMMON_CODEC_REQUEST_EXAMPLE_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>

#include "common/base/day.h"
#include "common/codec/codes.h"

/* A request that validate_message() takes: what must be there, with values of the right kind. `codes`: NULL: a text
 * stands for a code. A new reference. */
json_t *example_request(const ProtobufCMessageDescriptor *type, const struct code_lists *codes, struct day today);

/* One value of a field, of a list one element. A new reference. */
json_t *example_value(const ProtobufCFieldDescriptor *field, const struct code_lists *codes, struct day today);

#endif
