/* parameters.h: a query's parameters as JSON. Either one `q` that is the whole request as JSON, or simple fields,
 * dotted where they are inside others: "obligationId=…&page.limit=20&territories=31&territories=09". Texts stay text:
 * the JSON mapping reads numbers, dates and quantities out of them. */
#ifndef SERVICES_GATEWAY_FRONT_PARAMETERS_H
#define SERVICES_GATEWAY_FRONT_PARAMETERS_H

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>

#include "common/codec/refusal.h"
#include "services/gateway/door/http.h"

/* A new reference in *ret, or false with the refusal. */
bool parameters_to_json(const struct http_parameter *parameters, size_t count, const ProtobufCMessageDescriptor *type,
                        json_t **ret, struct refusal *ret_refusal);

#endif
