/* events.h: who may read each event of the daemon, and what every one of them does to the rows besides its own
 * apply_…() (contracts/calls.h): the histories. Rows change nowhere else, now and at every replay. */
#ifndef SERVICES_CONTRACTS_PAGE_EVENTS_H
#define SERVICES_CONTRACTS_PAGE_EVENTS_H

#include "common/service/work.h"
#include "contracts/events.pb-c.h"
#include "services/contracts/record/telling.h"

struct event_row {
        Contracts__Event__BodyCase what;
        uint32_t readers;   /* ROLE_BIT()s of those who may read it in a contract's history */
        const char *remedy; /* French: how it is corrected; NULL: it is withdrawn (corrections/) */
};

const struct event_row *event_row_of(Contracts__Event__BodyCase what); /* our own log: there always is one */

void contracts_apply(struct txn *txn, struct arena *arena, const struct event *event);

const ProtobufCMessage *event_body(const Contracts__Event *event);
/* The id that a body's field of that name holds; NULL: it has no such field, or it is empty. */
Types__Id *event_id_named(const ProtobufCMessage *body, const char *name);
/* The contract that it concerns, named or by the obligation that it names. False: none. */
bool event_contract(struct txn *txn, struct arena *arena, const Contracts__Event *event, struct id *ret_contract);

/* Name of the event's message, e.g. "ClausePut". */
const char *event_name(const Contracts__Event *event);

/* What the event says, for words that are published: nothing of the sealed part, and what an auditor reads.
 * `number`: of the event, as in struct telling. */
char *event_told_in_public(const struct work *work, const Contracts__Event *event, uint64_t number);

#endif
