/* association.h: being associated to the preparation of a contract, or declining it. One function a message, in the
 * file of its name, called through dispatch.c, which has checked the role; apply_ and tell_ functions are called
 * through events.c. */
#ifndef SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_H
#define SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define ASSOCIATION_DATED(DATED)                                                                                       \
        DATED(ASSOCIATION_TEXTS, "association_texts", contracts__text_library__descriptor)
ASSOCIATION_DATED(DATED_NUMBER)

struct reply handle_record_association(struct work *work, const ProtobufCMessage *message);
struct reply handle_decline_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_resume_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_decline_letter(struct work *work, const ProtobufCMessage *message);
struct reply handle_association_statistics(struct work *work, const ProtobufCMessage *message);

void apply_association_recorded(const struct change *change, const Contracts__Event *event);
void tell_association_recorded(struct telling *telling, const Contracts__Event *event);
void apply_contract_declined(const struct change *change, const Contracts__Event *event);
void tell_contract_declined(struct telling *telling, const Contracts__Event *event);
void apply_contract_resumed(const struct change *change, const Contracts__Event *event);
void tell_contract_resumed(struct telling *telling, const Contracts__Event *event);

#endif
