/* next_page.h: where a list goes on, as a header that clients follow by themselves (RFC 8288). Pure. */
#ifndef SERVICES_GATEWAY_FRONT_NEXT_PAGE_H
#define SERVICES_GATEWAY_FRONT_NEXT_PAGE_H

#include "common/base/arena.h"
#include "common/codec/catalogue.h"

enum { NEXT_PAGE_MAX = 4096 };

struct slice next_cursor(const ProtobufCMessage *reply); /* its `next`; empty: it is no page, or the last */

/* "</v1/contracts/Contracts?q=…>; rel=\"next\"": the same question, with the reply's `next` as its `page.after`. NULL:
 * the reply is no page, or the last, or the address would be longer than NEXT_PAGE_MAX. The request is changed. */
const char *next_page(const struct catalogue_method *method, ProtobufCMessage *request, const ProtobufCMessage *reply,
                      struct arena *arena);

#endif
