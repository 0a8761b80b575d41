/* corrections.h: acts that are withdrawn. An act is all that one command recorded of one contract. It stays in the
 * history; what it did to rows, ledger and sums is taken back, and no act that rests on it may stand (WithdrawAct). */
#ifndef SERVICES_CONTRACTS_CORRECTIONS_CORRECTIONS_H
#define SERVICES_CONTRACTS_CORRECTIONS_CORRECTIONS_H

#include "common/service/work.h"
#include "contracts/events.pb-c.h"

/* As service_spec.apply: contracts_apply(), and what takes it back is written down. */
void corrections_apply(struct txn *txn, struct arena *arena, const struct event *event);

/* One event of an act. */
struct act_event {
        uint64_t number;
        const Wire__EventRecord *record;
        const Contracts__Event *event;
};
struct act {
        struct act_event *events;
        size_t count;
};
/* False: the log has no such event, or it cannot be read. */
bool act_event_read(const struct work *work, uint64_t number, struct act_event *ret);
/* What the command of that event recorded and is withdrawn with it, in its order. */
struct act act_of(const struct work *work, const struct act_event *event);

/* The same where it is known which events they are. */
struct act act_of_events(const struct work *work, uint64_t first, uint64_t last);

/* Whether what is withdrawn is written down of this kind of event. */
bool correction_is_kept(Contracts__Event__BodyCase what);
/* The field "by_buyer" or "recorded_for_buyer" of the event or of its decision says that the buyer's own account did
 * it. */
bool correction_is_buyers_own(const Contracts__Event *event);
/* What the general rule does not see: a later act that read a row which this one changed, and whose offers they are. */
bool correction_admits(const struct work *work, struct id contract, const struct act_event *event,
                       struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* A credit note, or an order that takes back, which stands and rests on this order or invoice. */
bool correction_find_credit(const struct work *work, struct id contract, const struct act_event *event,
                            struct act_event *ret);
/* Whether the event names that id, anywhere in it. */
bool correction_names(const ProtobufCMessage *message, struct id id);

#endif
