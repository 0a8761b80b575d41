/* routing.h: the id by which a request goes to the partition that made it (ROUTING_ID, ROUTING_FIRST of field_rules.h).
 */
#ifndef COMMON_CODEC_ROUTING_H
#define COMMON_CODEC_ROUTING_H

#include "common/codec/field_rules.h"
#include "types.pb-c.h"

/* What that field of the request says of it; NULL: nothing. Of a request that is not valid, too. */
const Types__Id *field_routing_id(const ProtobufCMessage *request, const ProtobufCFieldDescriptor *field);

#endif
