/* obligations.h: who owes the hours, and the ledger. obligations_add_facts() is called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"
#include "tracking/hours.pb-c.h"

/* The dated rules of the room: what a month of work holds. */
#define OBLIGATIONS_DATED(DATED) DATED(HOURS_RULES, "hours", tracking__hours_rules__descriptor)
OBLIGATIONS_DATED(DATED_NUMBER)

/* The event of a new obligation, with a new id, for whoever has decided on it: RecordObligation,
 * AwardContract, ImportRunning. */
Contracts__ObligationRecorded *obligation_to_record(struct work *work, const Contracts__RecordObligation *command,
                                                    const Contracts__ClausePut *clause, struct hours hours);

/* The company that owed the hours when the event that is told was recorded; `unknown` where nothing is known of it. */
const char *told_company(const struct telling *telling, const Types__Id *obligation_id, const char *unknown);

/* For apply() only: all postings of one event. */
void obligations_apply_postings(const struct change *change, Contracts__Posting *const *postings, size_t count);

/* For apply() only: postings that change what is demanded from that day on, as an amendment does. */
void obligations_apply_reduction(const struct change *change, Types__Day *day, Contracts__Posting *const *postings,
                                 size_t count);

/* For apply() only: whether the contract goes on has changed, and with it which of its parts begin. */
void obligations_wait_for_parts(const struct change *change, const Types__Id *contract);

/* Transfers, orders and invoices on the contract's page of facts. */
void obligations_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
