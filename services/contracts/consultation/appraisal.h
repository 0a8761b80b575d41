/* appraisal.h: the appraisal of insertion offers, lot by lot, and the award. The facilitators give an appraisal;
 * which offer wins is the buyer's decision. Offers and marks are confidential: appraisal_rows.h says who reads them.
 * appraisal_facts() is called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_H
#define SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_H

#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

void appraisal_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
