/* route.h: which instance a request belongs to, told from the request alone, by the fields whose rows in
 * codec/field_rules_table.c have a routing. Of a partitioned service: the partition inside the first of its own ids
 * that the request carries, else the one that has the request's territory. A list query that names neither is asked of
 * one partition after the other: the page cursor begins with the partition (2 bytes). A list of one territory is asked
 * of its home, and of the others behind it where the home says that they have some of it too.
 *
 * What has changed its partition since its id was made is answered MOVED by the one that the id names, which is always
 * asked first: it knows which commands it has done. Whoever routes then asks the partition that the answer names, with
 * the same key; ROUTE_HOPS_MAX times at most. */
#ifndef COMMON_CLIENTS_ROUTE_H
#define COMMON_CLIENTS_ROUTE_H

#include "common/codec/catalogue.h"
#include "common/codec/refusal.h"
#include "common/service/topology.h"

enum { ROUTE_HOPS_MAX = 8 };

struct route {
        const struct instance *instance;
        const struct instance *next; /* list query over partitions: the one to ask after this one; NULL: no more */
        bool paged;                  /* the cursor in the request was cut, that of the reply must be completed */
        bool at_home;                /* a list of one territory, at its home: `next` is asked if the reply says so */
        unsigned hops;
};

/* May change request->page->after (cuts the partition off). False with the refusal to give to the one who asked. */
bool route_request(const struct topology *topology, const struct catalogue_method *method, ProtobufCMessage *request,
                   struct arena *arena, struct route *ret, struct refusal *ret_refusal);
/* Whether the refusal says where else to ask: `route` then leads there. */
bool route_follow(const struct topology *topology, const struct catalogue_method *method, const Types__Refusal *refusal,
                  struct route *route);
/* What a MOVED that leads nowhere (too many hops, a partition that is not there) is told to a person as. */
bool route_refuse_lost(struct refusal *ret);
/* Puts the partition in front of the reply's `next`, or the next partition's first page where this one is done. */
void route_reply(const struct route *route, bool also_elsewhere, ProtobufCMessage *reply, struct arena *arena);

#endif
