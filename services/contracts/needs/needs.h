/* needs.h: what companies look for. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEEDS_H
#define SERVICES_CONTRACTS_NEEDS_NEEDS_H

#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The contract's needs on its page of facts. */
void needs_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
