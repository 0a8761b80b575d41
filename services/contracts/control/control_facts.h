/* control_facts.h: what control puts on a contract's page of facts: for each obligation that the reader may see, its
 * plan, progress, statements and cases, and the dates to keep. Called by facts.c. */
#ifndef SERVICES_CONTRACTS_CONTROL_CONTROL_FACTS_H
#define SERVICES_CONTRACTS_CONTROL_CONTROL_FACTS_H

#include "services/contracts/record/facts.h"

void facts_control(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
