/* consultation.h: the consultation: its dates, the register of questions. There is no message whose effect answers
 * one company: an answer is drafted, goes to the buyer, and is read by all once the buyer published it.
 * consultation_facts() is called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_H
#define SERVICES_CONTRACTS_CONSULTATION_CONSULTATION_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define CONSULTATION_DATED(DATED)                                                                                      \
        DATED(CONSULTATION, "consultation", contracts__consultation_rules__descriptor)                                 \
        DATED(CONSULTATION_TEXTS, "consultation_texts", texts__text_library__descriptor)
CONSULTATION_DATED(DATED_NUMBER)

void consultation_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
