/* publication.h: what buyers published. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_H
#define SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_H

#include "services/contracts/events.h"

struct reply handle_import_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_import_contracts(struct work *work, const ProtobufCMessage *message);

void apply_contract_imported(const struct change *change, const Contracts__Event *event);
void tell_contract_imported(struct telling *telling, const Contracts__Event *event);
void apply_contract_updated(const struct change *change, const Contracts__Event *event);
void tell_contract_updated(struct telling *telling, const Contracts__Event *event);

#endif
