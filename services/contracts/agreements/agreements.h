/* agreements.h: conventions between buyers and carriers of facilitators. agreements_facts() is called through
 * page/facts.c. */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_AGREEMENTS_H
#define SERVICES_CONTRACTS_AGREEMENTS_AGREEMENTS_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define AGREEMENTS_DATED(DATED)                                                                                        \
        DATED(AGREEMENTS, "agreements", contracts__agreement_rules__descriptor)                                        \
        DATED(AGREEMENT_TEXTS, "agreement_texts", texts__text_library__descriptor)
AGREEMENTS_DATED(DATED_NUMBER)

void agreements_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
