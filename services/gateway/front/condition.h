/* condition.h: conditional requests (RFC 9110, 13): what the asker has already, and what he has read before he changes
 * it. Pure.
 *
 * If-None-Match, of a question: its answer has an ETag. It tells the same answer from another, whatever else happened
 * in the service meanwhile, so it is weak: `position` beside the reply may differ. If-Match, of a command that replaces
 * something: the version or the position that its author has read, in quotes, as its field `seen` (decision 0034). */
#ifndef SERVICES_GATEWAY_FRONT_CONDITION_H
#define SERVICES_GATEWAY_FRONT_CONDITION_H

#include "common/base/slice.h"
#include "common/codec/refusal.h"

enum { ETAG_SIZE = 37 };

/* "W/\"…\"" of what makes the answer: the bytes of the reply, where its list goes on (in another partition, which those
 * bytes know nothing of; empty: nowhere), and this program's version. */
void etag_make(struct slice bytes, struct slice next, char ret[ETAG_SIZE]);
/* Whether the header (NULL: not there) names it, or is "*". */
bool etag_is_known(const char *etag, const char *if_none_match);

/* Sets `seen` from If-Match (NULL: not there): "12", or * for whatever stands there. False with *ret_refusal: it is no
 * version, the command replaces nothing, or its body says another. */
bool condition_seen(const char *if_match, ProtobufCMessage *command, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
