/* page.h: what is known of a contract over all rooms: its page of facts, its history, the lists; an agreement with its
 * history. One function a message, in the file of its name, called through dispatch.c, which has checked the role. */
#ifndef SERVICES_CONTRACTS_PAGE_PAGE_H
#define SERVICES_CONTRACTS_PAGE_PAGE_H

#include "common/service/work.h"

struct reply handle_contract_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_contracts(struct work *work, const ProtobufCMessage *message);
struct reply handle_contract_facts(struct work *work, const ProtobufCMessage *message);
struct reply handle_contract_history(struct work *work, const ProtobufCMessage *message);
struct reply handle_agreement_by_id(struct work *work, const ProtobufCMessage *message);

#endif
