/* needs.h: what companies look for. needs_add_facts() is called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEEDS_H
#define SERVICES_CONTRACTS_NEEDS_NEEDS_H

#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The contract's needs on its page of facts. */
void needs_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
