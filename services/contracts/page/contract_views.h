/* contract_views.h: a contract as queries show it. Called by the queries of the room; everything returned lives in the
 * work's arena. */
#ifndef SERVICES_CONTRACTS_PAGE_CONTRACT_VIEWS_H
#define SERVICES_CONTRACTS_PAGE_CONTRACT_VIEWS_H

#include "services/contracts/record/record_rows.h"

/* With its clauses, and of each the obligations that the one who asks may see. */
Contracts__ContractView *view_contract(const struct work *work, struct id contract_id,
                                       Contracts__ContractRecord *record);
Contracts__ContractLine *view_contract_line(const struct work *work, struct id contract_id,
                                            const Contracts__ContractRecord *record);

#endif
