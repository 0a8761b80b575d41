/* file.h: contracts of ours: opened, amended. One function a message, in the file of its name, called through
 * dispatch.c, which has checked the role; apply_ and tell_ functions are called through the table of events (page/). */
#ifndef SERVICES_CONTRACTS_FILE_FILE_H
#define SERVICES_CONTRACTS_FILE_FILE_H

#include "services/contracts/record/telling.h"

struct reply handle_open_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_amend_contract(struct work *work, const ProtobufCMessage *message);

void apply_contract_opened(const struct change *change, const Contracts__Event *event);
void tell_contract_opened(struct telling *telling, const Contracts__Event *event);
void apply_contract_amended(const struct change *change, const Contracts__Event *event);
void tell_contract_amended(struct telling *telling, const Contracts__Event *event);

#endif
