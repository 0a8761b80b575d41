/* region.h: the daemons of daemons.h with as many obligations as are wanted, and persons, hours, organisations, needs,
 * alerts and accounts in proportion: what lists are long over. Every method of the catalogue can then be asked with
 * plausible requests. */
#ifndef TESTS_LIB_REGION_H
#define TESTS_LIB_REGION_H

#include "common/base/limits.h"
#include "tests/lib/daemons.h"
#include "tests/lib/plausible.h"

/* A tenth of all is one buyer's, a fifth one department's, a twentieth one company's; plausible.h names these. What is
 * refused ends the process. */
void region_fill(size_t obligations, struct plausible *pool);

/* Plausible commands of all kinds, granted or not, so many times each. */
void region_change(struct plausible *pool, size_t times);

/* A query of the catalogue, and who may ask it. */
struct region_query {
        char name[LIMIT_METHOD_BYTES]; /* "contracts.Progress" */
        struct daemon *daemon;
        const ProtobufCMethodDescriptor *descriptor;
        uint32_t roles;
};
enum { REGION_QUERIES_MAX = 256 };
size_t region_queries(struct region_query *ret); /* all of them; ret: REGION_QUERIES_MAX */

/* The reply's body; NULL with the refusal. In the arena. */
const ProtobufCMessage *region_ask(const struct region_query *query, Types__Role role, const ProtobufCMessage *request,
                                   struct arena *arena, const Types__Refusal **ret_refusal);

extern uint64_t region_asked_us; /* how long the daemon took for the last answer, from frame to frame */

/* A request of a role: one that names nothing (draw 0), then plausible ones. The page is as long as may be, from the
 * first row. */
ProtobufCMessage *region_request(struct plausible *pool, const struct region_query *query, uint32_t draw,
                                 struct arena *arena);
/* The page of a request, or NULL: it has none. */
Types__Page *region_page(const ProtobufCMessage *request);
/* Where the reply says that the list goes on; empty: it does not, or has no page. */
struct slice region_next(const ProtobufCMessage *reply);

#endif
