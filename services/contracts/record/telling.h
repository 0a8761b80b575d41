/* telling.h: an event told to its users, in one French sentence. Each room writes `tell_…` for its events; the table of
 * page/events.c says who may read each. Called by the queries of the history; never by apply(). */
#ifndef SERVICES_CONTRACTS_RECORD_TELLING_H
#define SERVICES_CONTRACTS_RECORD_TELLING_H

#include "common/base/french.h"
#include "common/service/work.h"
#include "contracts/events.pb-c.h"

struct telling {
        struct txn *txn; /* a snapshot: rows as they are now, to name what an event only has the id of */
        struct arena *arena;
        struct slice sealed;          /* the part of the event that was not published; often empty */
        const Wire__Passport *reader; /* who reads: what only some may see is left out for the others */
        char *text;                   /* what tell() wrote */
        uint64_t number;              /* of the event: what it names is named as it was then; 0: as it is now */
};

void tell(struct telling *telling, const char *format, ...) ATTR_FORMAT(2, 3);

/* Quantities of messages as text; an absent one is "non dit". */
const char *told_hours(const struct telling *telling, const Types__Hours *hours);
const char *told_money(const struct telling *telling, const Types__Money *money);
const char *told_share(const struct telling *telling, const Types__Share *share);
const char *told_day(const struct telling *telling, const Types__Day *day);

#endif
