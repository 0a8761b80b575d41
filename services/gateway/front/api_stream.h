/* api_stream.h: GET /v1/stream, events as they happen: what is new in the boxes of whoever asks, by server-sent events.
 * From now on; behind the event of Last-Event-ID; or behind `?after=`, the Guichet-Position of a box that was read.
 * `?boxes=BOX_OWN,BOX_INBOX` leaves out the others. What is told stands in stream/streams.h. */
#ifndef SERVICES_GATEWAY_FRONT_API_STREAM_H
#define SERVICES_GATEWAY_FRONT_API_STREAM_H

#include "services/gateway/front/visit.h"

void api_stream(struct visit *visit);
/* A request that became no stream after all (streams_options.refuse). */
void api_stream_refuse(void *gateway, struct http_request *request, const Types__Refusal *refusal, bool silent);

#endif
