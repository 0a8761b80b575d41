/* sse.h: what goes over an event stream, as text (server-sent events, HTML Living Standard 9.2). Pure.
 *
 * Each event has the id up to which its reader has been told: an event that was sent in part is none, and who comes
 * again with the last id hears the rest. */
#ifndef SERVICES_GATEWAY_STREAM_SSE_H
#define SERVICES_GATEWAY_STREAM_SSE_H

#include <jansson.h>
#include <stdbool.h>

#include "common/base/arena.h"
#include "notifications/queries.pb-c.h"

enum { SSE_RETRY_MS = 2000 }; /* how long a reader that lost its stream waits before it comes again */

/* Boxes of notices that somebody asks for, as bits; 0: all that she may read. */
typedef uint32_t boxes_t;
bool boxes_parse(const char *text, boxes_t *ret); /* "BOX_OWN,BOX_RECENT" */
size_t boxes_list(boxes_t boxes, Notifications__NoticeBox ret[3]);
bool boxes_has(boxes_t boxes, Notifications__NoticeBox box);

/* The number in a Last-Event-ID, or in ?after=. False: it is none. */
bool sse_position(const char *text, uint64_t *ret);

/* The first event: from where on the reader will be told, and when to come again. */
struct slice sse_open(uint64_t position, struct arena *arena);
/* What was told after `after` in these boxes, an event each; empty: nothing of it is for this reader. */
struct slice sse_notices(const Notifications__NewNoticesReply *reply, uint64_t after, boxes_t boxes,
                         struct arena *arena);
/* Nothing is told, and nothing is left to tell up to there. */
struct slice sse_heartbeat(uint64_t position, struct arena *arena);
/* More was told than can be told again: the reader reads the boxes themselves. */
struct slice sse_reset(uint64_t position, struct arena *arena);
/* The stream ends, and why: NOT_AUTHENTICATED or UNAVAILABLE. */
struct slice sse_end(const char *code, struct arena *arena);

#endif
