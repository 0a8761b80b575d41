/* obligations.h: who owes the hours, and the ledger. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_H

#include "services/contracts/events.h"

struct reply handle_record_obligation(struct work *work, const ProtobufCMessage *message);
struct reply handle_obligation_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_obligations(struct work *work, const ProtobufCMessage *message);

void apply_obligation_recorded(const struct change *change, const Contracts__Event *event);
void tell_obligation_recorded(struct telling *telling, const Contracts__Event *event);
void apply_ledger_posted(const struct change *change, const Contracts__Event *event);
void tell_ledger_posted(struct telling *telling, const Contracts__Event *event);

#endif
