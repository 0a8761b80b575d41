/* obligations.h: who owes the hours, and the ledger. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_H

#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

struct reply handle_record_obligation(struct work *work, const ProtobufCMessage *message);
struct reply handle_propose_transfer(struct work *work, const ProtobufCMessage *message);
struct reply handle_agree_transfer(struct work *work, const ProtobufCMessage *message);
struct reply handle_refuse_transfer(struct work *work, const ProtobufCMessage *message);
struct reply handle_waive_hours(struct work *work, const ProtobufCMessage *message);
struct reply handle_amend_obligation(struct work *work, const ProtobufCMessage *message);
struct reply handle_assign_obligation(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_order(struct work *work, const ProtobufCMessage *message);
struct reply handle_record_contract_invoice(struct work *work, const ProtobufCMessage *message);
struct reply handle_obligation_by_id(struct work *work, const ProtobufCMessage *message);
struct reply handle_obligations(struct work *work, const ProtobufCMessage *message);
struct reply handle_clause_ledger(struct work *work, const ProtobufCMessage *message);
struct reply handle_company_ledger(struct work *work, const ProtobufCMessage *message);

/* The event of a new obligation, with a new id, for whoever has decided on it: RecordObligation, AwardContract. */
Contracts__ObligationRecorded *obligation_to_record(struct work *work, const Contracts__RecordObligation *command,
                                                    const Contracts__ClausePut *clause, struct hours hours);

void apply_obligation_recorded(const struct change *change, const Contracts__Event *event);
void tell_obligation_recorded(struct telling *telling, const Contracts__Event *event);
void apply_ledger_posted(const struct change *change, const Contracts__Event *event);
void tell_ledger_posted(struct telling *telling, const Contracts__Event *event);
void apply_transfer_proposed(const struct change *change, const Contracts__Event *event);
void tell_transfer_proposed(struct telling *telling, const Contracts__Event *event);
void apply_transfer_agreed(const struct change *change, const Contracts__Event *event);
void tell_transfer_agreed(struct telling *telling, const Contracts__Event *event);
void apply_transfer_refused(const struct change *change, const Contracts__Event *event);
void tell_transfer_refused(struct telling *telling, const Contracts__Event *event);
void apply_hours_waived(const struct change *change, const Contracts__Event *event);
void tell_hours_waived(struct telling *telling, const Contracts__Event *event);
void apply_obligation_amended(const struct change *change, const Contracts__Event *event);
void tell_obligation_amended(struct telling *telling, const Contracts__Event *event);
void apply_obligation_assigned(const struct change *change, const Contracts__Event *event);
void tell_obligation_assigned(struct telling *telling, const Contracts__Event *event);
void apply_order_recorded(const struct change *change, const Contracts__Event *event);
void tell_order_recorded(struct telling *telling, const Contracts__Event *event);
void apply_contract_invoice_recorded(const struct change *change, const Contracts__Event *event);
void tell_contract_invoice_recorded(struct telling *telling, const Contracts__Event *event);

/* Transfers, orders and invoices on the contract's page of facts. */
void obligations_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
