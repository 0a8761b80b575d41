/* answer.h: how answers look in HTTP: their status, their JSON, their length on the line. */
#ifndef SERVICES_GATEWAY_FRONT_ANSWER_H
#define SERVICES_GATEWAY_FRONT_ANSWER_H

#include <jansson.h>

#include "common/codec/refusal.h"
#include "services/gateway/door/http.h"

enum { ANSWER_MORE_MAX = 4 };

/* With `json`, whose reference is taken, and up to ANSWER_MORE_MAX more headers (ended by a NULL name; may be NULL). */
void answer_json(struct http_request *request, int status, json_t *json, const struct http_header *more);
/* The same of what holds no secret: compressed where the asker takes it. Security: what a command answers may hold a
 * token, and is as long as it is. */
void answer_question(struct http_request *request, json_t *json, const struct http_header *more);
/* A problem (problem.h), which names the field as JSON spells it. */
void answer_problem(struct http_request *request, int status, const Types__Refusal *refusal,
                    const struct http_header *more);
void answer_refusal(struct http_request *request, int status, const struct refusal *refusal,
                    const struct http_header *more);

#endif
