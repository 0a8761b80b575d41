/* stage.h: where a contract stands, from what is known of it: nothing moves a stage but the fact that it follows
 * from, and a fact that is withdrawn moves it back. Called by handlers and facts. */
#ifndef SERVICES_CONTRACTS_LEDGER_STAGE_H
#define SERVICES_CONTRACTS_LEDGER_STAGE_H

#include "services/contracts/record/loaded_contract.h"

/* On that day. `file` may be NULL: nobody here has said more than its buyer. A contract whose hours somebody owes is in
 * execution, whatever else was told; one that is suspended, while the suspension runs. */
Contracts__ContractStage contract_stage(struct txn *txn, struct id contract, const Contracts__ContractFile *file,
                                        struct day today);

/* Whether a file of ours says that we follow the contract: not that it is only counted, nor that we declined it. NULL:
 * no. */
bool contract_file_follows(const Contracts__ContractFile *file);

#endif
