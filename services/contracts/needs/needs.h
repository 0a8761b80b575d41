/* needs.h: what companies look for. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEEDS_H
#define SERVICES_CONTRACTS_NEEDS_NEEDS_H

#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

struct reply handle_declare_need(struct work *work, const ProtobufCMessage *message);
struct reply handle_amend_need(struct work *work, const ProtobufCMessage *message);
struct reply handle_close_need(struct work *work, const ProtobufCMessage *message);
struct reply handle_needs(struct work *work, const ProtobufCMessage *message);
struct reply handle_needs_forecast(struct work *work, const ProtobufCMessage *message);

void apply_need_declared(const struct change *change, const Contracts__Event *event);
void tell_need_declared(struct telling *telling, const Contracts__Event *event);
void apply_need_amended(const struct change *change, const Contracts__Event *event);
void tell_need_amended(struct telling *telling, const Contracts__Event *event);
void apply_need_closed(const struct change *change, const Contracts__Event *event);
void tell_need_closed(struct telling *telling, const Contracts__Event *event);

/* The contract's needs on its page of facts. */
void needs_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
