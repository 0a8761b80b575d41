/* appraisal.h: the appraisal of insertion offers, lot by lot, and the award. The facilitators give an appraisal; which
 * offer wins is the buyer's decision. Offers and marks are confidential: appraisal_rows.h says who reads them. One
 * function a message, in the file of its name, called through dispatch.c, which has checked the role; apply_ and tell_
 * functions are called through events.c, appraisal_facts() through file/facts.c. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_H
#define SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_H

#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

struct reply handle_put_appraisal_grid(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_offer(struct work *work, const ProtobufCMessage *message);
struct reply handle_mark_offer(struct work *work, const ProtobufCMessage *message);
struct reply handle_agree_marks(struct work *work, const ProtobufCMessage *message);
struct reply handle_award_contract(struct work *work, const ProtobufCMessage *message);
struct reply handle_appraisal(struct work *work, const ProtobufCMessage *message);
struct reply handle_appraisal_report(struct work *work, const ProtobufCMessage *message);

void apply_appraisal_grid_put(const struct change *change, const Contracts__Event *event);
void tell_appraisal_grid_put(struct telling *telling, const Contracts__Event *event);
void apply_offer_recorded(const struct change *change, const Contracts__Event *event);
void tell_offer_recorded(struct telling *telling, const Contracts__Event *event);
void apply_offer_marked(const struct change *change, const Contracts__Event *event);
void tell_offer_marked(struct telling *telling, const Contracts__Event *event);
void apply_marks_agreed(const struct change *change, const Contracts__Event *event);
void tell_marks_agreed(struct telling *telling, const Contracts__Event *event);
void apply_contract_awarded(const struct change *change, const Contracts__Event *event);
void tell_contract_awarded(struct telling *telling, const Contracts__Event *event);
void apply_commitment_recorded(const struct change *change, const Contracts__Event *event);
void tell_commitment_recorded(struct telling *telling, const Contracts__Event *event);

void appraisal_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
