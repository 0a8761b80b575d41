/* putting.h: what PutClause decides of a clause, but for whose the contract is and which clause stands there already.
 * Called by PutClause and by the list of running contracts. */
#ifndef SERVICES_CONTRACTS_CLAUSES_PUTTING_H
#define SERVICES_CONTRACTS_CLAUSES_PUTTING_H

#include "common/service/work.h"
#include "contracts/clauses.pb-c.h"
#include "contracts/events.pb-c.h"

/* What the command asks for, with a clause id that is still to be chosen. `contract` is known, or is going to be
 * recorded just before. False with *ret_refusal (INVALID_FIELD, NOT_ALLOWED). */
bool putting_decide(struct work *work, const Contracts__PutClause *command, const Contracts__ContractRecord *contract,
                    Contracts__ClausePut *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
