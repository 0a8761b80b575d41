/* buyers.h: who buys by a contract: its buyer, and, of a grouping of orders or a central purchasing body, the members
 * that its file names. Pure. */
#ifndef SERVICES_CONTRACTS_RECORD_BUYERS_H
#define SERVICES_CONTRACTS_RECORD_BUYERS_H

#include <stdbool.h>

#include "contracts/file.pb-c.h"
#include "contracts/record.pb-c.h"

/* `file` may be NULL: nobody has said more than the buyer. NULL: no member has that SIRET. */
const Contracts__GroupBuyer *buyers_member(const Contracts__ContractFile *file, const char *siret);
/* Its buyer, or a member. */
bool buyers_has(const Contracts__ContractRecord *contract, const Contracts__ContractFile *file, const char *siret);

#endif
