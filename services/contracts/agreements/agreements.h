/* agreements.h: conventions between buyers and carriers of facilitators. One function a message, in the file of its
 * name, called through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c,
 * agreements_facts() through file/facts.c. */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_AGREEMENTS_H
#define SERVICES_CONTRACTS_AGREEMENTS_AGREEMENTS_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define AGREEMENTS_DATED(DATED)                                                                                        \
        DATED(AGREEMENTS, "agreements", contracts__agreement_rules__descriptor)                                        \
        DATED(AGREEMENT_TEXTS, "agreement_texts", contracts__text_library__descriptor)
AGREEMENTS_DATED(DATED_NUMBER)

struct reply handle_put_agreement(struct work *work, const ProtobufCMessage *message);
struct reply handle_sign_agreement(struct work *work, const ProtobufCMessage *message);
struct reply handle_renew_agreement(struct work *work, const ProtobufCMessage *message);
struct reply handle_end_agreement(struct work *work, const ProtobufCMessage *message);
struct reply handle_agreements(struct work *work, const ProtobufCMessage *message);
struct reply handle_agreement_text(struct work *work, const ProtobufCMessage *message);
struct reply handle_agreement_fee(struct work *work, const ProtobufCMessage *message);
struct reply handle_uncovered_contracts(struct work *work, const ProtobufCMessage *message);

void apply_agreement_put(const struct change *change, const Contracts__Event *event);
void tell_agreement_put(struct telling *telling, const Contracts__Event *event);
void apply_agreement_signed(const struct change *change, const Contracts__Event *event);
void tell_agreement_signed(struct telling *telling, const Contracts__Event *event);
void apply_agreement_renewed(const struct change *change, const Contracts__Event *event);
void tell_agreement_renewed(struct telling *telling, const Contracts__Event *event);
void apply_agreement_ended(const struct change *change, const Contracts__Event *event);
void tell_agreement_ended(struct telling *telling, const Contracts__Event *event);

void agreements_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
