/* answer.h: how answers look in HTTP: their status, their JSON. */
#ifndef SERVICES_GATEWAY_FRONT_ANSWER_H
#define SERVICES_GATEWAY_FRONT_ANSWER_H

#include <jansson.h>

#include "common/codec/refusal.h"
#include "services/gateway/door/http.h"

int answer_status(Types__RefusalCode code);

/* With `json`, whose reference is taken, and up to two more headers (ended by a NULL name; may be NULL). */
void answer_json(struct http_request *request, int status, json_t *json, const struct http_header *more);
/* {"refusal":{"code":…,"field":…,"text":…}} */
void answer_refusal(struct http_request *request, int status, const struct refusal *refusal,
                    const struct http_header *more);

#endif
