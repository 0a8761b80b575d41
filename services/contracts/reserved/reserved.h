/* reserved.h: reserved contracts: their lawfulness, their entry, how facilitators take part. One function a message, in
 * the file of its name, called through dispatch.c, which has checked the role; apply_ and tell_ functions are called
 * through events.c, reserved_facts() through file/facts.c. */
#ifndef SERVICES_CONTRACTS_RESERVED_RESERVED_H
#define SERVICES_CONTRACTS_RESERVED_RESERVED_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define RESERVED_DATED(DATED)                                                                                          \
        DATED(RESERVATIONS, "reservations", contracts__reservation_rules__descriptor)
RESERVED_DATED(DATED_NUMBER)

struct reply handle_record_reserved(struct work *work, const ProtobufCMessage *message);
struct reply handle_enter_reserved(struct work *work, const ProtobufCMessage *message);
struct reply handle_withdraw_reserved(struct work *work, const ProtobufCMessage *message);
struct reply handle_reservation_check(struct work *work, const ProtobufCMessage *message);
struct reply handle_reserved_contracts(struct work *work, const ProtobufCMessage *message);
struct reply handle_reserved_statistics(struct work *work, const ProtobufCMessage *message);

void apply_reserved_recorded(const struct change *change, const Contracts__Event *event);
void tell_reserved_recorded(struct telling *telling, const Contracts__Event *event);
void apply_reserved_withdrawn(const struct change *change, const Contracts__Event *event);
void tell_reserved_withdrawn(struct telling *telling, const Contracts__Event *event);

void reserved_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
