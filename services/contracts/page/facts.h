/* facts.h: what all rooms put on a contract's page of facts, one after the other. Called by ContractFacts. */
#ifndef SERVICES_CONTRACTS_PAGE_FACTS_H
#define SERVICES_CONTRACTS_PAGE_FACTS_H

#include "services/contracts/record/facts.h"

void facts_add_all(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
