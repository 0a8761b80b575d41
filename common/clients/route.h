/* route.h: which instance a request belongs to, told from the request alone, by the fields whose rows in
 * codec/field_rules_table.c have a routing. Of a partitioned service: the partition inside the first of its own ids
 * that the request carries, else the one that has the request's territory. A list query that names neither is asked of
 * one partition after the other: the page cursor begins with the partition (2 bytes). */
#ifndef COMMON_CLIENTS_ROUTE_H
#define COMMON_CLIENTS_ROUTE_H

#include "common/codec/catalogue.h"
#include "common/codec/refusal.h"
#include "common/service/topology.h"

struct route {
        const struct instance *instance;
        const struct instance *next; /* list query over partitions: the one to ask after this one; NULL: no more */
        bool paged;                  /* the cursor in the request was cut, that of the reply must be completed */
};

/* May change request->page->after (cuts the partition off). False with the refusal to give to the one who asked. */
bool route_request(const struct topology *topology, const struct catalogue_method *method, ProtobufCMessage *request,
                   struct arena *arena, struct route *ret, struct refusal *ret_refusal);
/* Puts the partition in front of the reply's `next`, or the next partition's first page where this one is done. */
void route_reply(const struct route *route, ProtobufCMessage *reply, struct arena *arena);

#endif
