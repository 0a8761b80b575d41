/* views.h: rows as queries show them. Called by query handlers; everything returned lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_VIEWS_H
#define SERVICES_CONTRACTS_VIEWS_H

#include "services/contracts/store/store.h"

/* Without its entries. */
Contracts__ObligationView *view_of_obligation(const struct work *work, const Contracts__ObligationRecorded *obligation);

Contracts__NeedView *view_of_need(const struct work *work, const Contracts__NeedRow *row);

/* With its clauses, and of each the obligations that the one who asks may see. */
Contracts__ContractView *view_contract(const struct work *work, struct id contract_id,
                                       Contracts__ContractRecord *record);
Contracts__ContractLine *view_contract_line(const struct work *work, struct id contract_id,
                                            const Contracts__ContractRecord *record);

#endif
