/* file.h: the contract file: contracts of ours, and everything known of a contract. One function a message, in the file
 * of its name, called through dispatch.c, which has checked the role; apply_ and tell_ functions are called through
 * events.c. */
#ifndef SERVICES_CONTRACTS_FILE_FILE_H
#define SERVICES_CONTRACTS_FILE_FILE_H

#include "services/contracts/events.h"

struct reply handle_open_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_amend_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_contract_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_contracts(struct work *work, const ProtobufCMessage *message);
struct reply handle_contract_facts(struct work *work, const ProtobufCMessage *message);
struct reply handle_contract_history(struct work *work, const ProtobufCMessage *message);

void apply_contract_opened(const struct change *change, const Contracts__Event *event);
void tell_contract_opened(struct telling *telling, const Contracts__Event *event);
void apply_contract_amended(const struct change *change, const Contracts__Event *event);
void tell_contract_amended(struct telling *telling, const Contracts__Event *event);

#endif
