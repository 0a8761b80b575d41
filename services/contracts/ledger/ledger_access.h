/* ledger_access.h: whose a contract or an obligation is, as record/access.h says; a company reads those of which it
 * owes hours. Called by handlers at the places marked "Security:". */
#ifndef SERVICES_CONTRACTS_LEDGER_LEDGER_ACCESS_H
#define SERVICES_CONTRACTS_LEDGER_LEDGER_ACCESS_H

#include "services/contracts/record/access.h"

/* The account of the contract's own buyer: of several buyers (record/buyers.h) the one that coordinates. */
bool access_leads(const struct work *work, struct id contract_id);
/* Its buyers, the members of a grouping among them. */
bool access_contract(const struct work *work, struct id contract_id, const Contracts__ContractRecord *contract);
/* The organisation of the company that owes, found by its SIRET where it was not told (company_of()); zero: none. */
struct id obligation_company(const struct work *work, const Contracts__ObligationRecorded *obligation);
bool access_obligation(const struct work *work, const Contracts__ObligationRecorded *obligation);

#endif
