/* considerations.h: the social considerations of a contract as we know them: what its record says, and what hangs on it
 * here. With a clause or a reserved lot of ours there is no "none", and no "not told". Called wherever a contract is
 * listed, compared or exported; the record itself stays as it was published. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CONSIDERATIONS_H
#define SERVICES_CONTRACTS_CLAUSES_CONSIDERATIONS_H

#include "services/contracts/record/record_rows.h"

/* A set: bit n is SocialConsideration n. */
uint32_t considerations_told(const Contracts__ContractRecord *record);
uint32_t considerations_known(const struct work *work, struct id contract, const Contracts__ContractRecord *record);
/* The set as a list, ascending, in the arena. */
Contracts__SocialConsideration *considerations_list(uint32_t set, struct arena *arena, size_t *ret_count);

bool contract_has_clause(struct txn *txn, struct id contract);

#endif
