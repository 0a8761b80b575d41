/* agreement_views.h: agreements as queries show them, and which of them covers a contract. Called by the queries of the
 * room and the page of facts; everything returned lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_VIEWS_H
#define SERVICES_CONTRACTS_AGREEMENTS_AGREEMENT_VIEWS_H

#include "services/contracts/agreements/agreements_rows.h"

/* All read it but other buyers; one for private contracts only, the coordinator, the facilitators of its territories
 * and its own client. */
bool access_agreement(const struct work *work, const Contracts__Agreement *agreement);

/* The agreement that the query or command names. NULL with *ret_refusal. */
Contracts__AgreementRow *agreement_require(const struct work *work, const Types__Id *id, struct refusal *ret_refusal);

/* Without its history. */
Contracts__AgreementView *view_agreement(const struct work *work, const Contracts__AgreementRow *row);

/* The days before a decision on which the warning begins: the dated rule. */
uint32_t agreement_warning_days(const struct work *work);

/* A contract as agreements see it. `file` may be NULL. */
struct agreement_contract agreement_contract_of(const struct work *work, const Contracts__ContractRecord *record,
                                                const Contracts__ContractFile *file);

/* The one that covers the contract, the youngest of several; NULL with how near the nearest of its buyer comes. */
Contracts__AgreementRow *agreement_covering(const struct work *work, const struct agreement_contract *contract,
                                            enum coverage *ret_nearest);

#endif
