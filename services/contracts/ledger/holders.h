/* holders.h: the holders of a contract as we know them: those of its record, else the companies that owed its hours
 * first. A cession changes who owes, not to whom the contract was awarded. */
#ifndef SERVICES_CONTRACTS_LEDGER_HOLDERS_H
#define SERVICES_CONTRACTS_LEDGER_HOLDERS_H

#include "services/contracts/record/record_rows.h"

/* A list in the arena; each company once. */
Contracts__CompanyId **holders_known(const struct work *work, struct id contract,
                                     const Contracts__ContractRecord *record, size_t *ret_count);

#endif
