/* subcontracts.h: subcontractors that a company declares and its buyer accepts, their invoices as tracking turns them
 * into hours, and what does not fit. subcontracts_facts() is called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_SUBCONTRACTS_SUBCONTRACTS_H
#define SERVICES_CONTRACTS_SUBCONTRACTS_SUBCONTRACTS_H

#include "contracts/subcontracts.pb-c.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules of the room. */
#define SUBCONTRACTS_DATED(DATED) DATED(SUBCONTRACTING, "subcontracting", contracts__subcontracting_rules__descriptor)
SUBCONTRACTS_DATED(DATED_NUMBER)

/* Those of a contract with what does not fit, as far as the reader may see it. In the work's arena. */
Contracts__SubcontractsReply *subcontracts_view(const struct work *work, struct id contract,
                                                const Contracts__ContractRecord *record);
/* "Peintures d'Insertion (SIRET …) : façades nord, accepté le …, 40 000 € au plus…". In the arena. */
char *subcontract_told(const struct work *work, const Contracts__SubcontractView *view);

void subcontracts_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
