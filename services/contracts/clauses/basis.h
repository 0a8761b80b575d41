/* basis.h: what a calculation rests on (calibration.h), from the rows and the rules. Called by the handlers of clauses
 * and by views. */
#ifndef SERVICES_CONTRACTS_CLAUSES_BASIS_H
#define SERVICES_CONTRACTS_CLAUSES_BASIS_H

#include "common/service/work.h"
#include "contracts/file.pb-c.h"
#include "contracts/record.pb-c.h"
#include "services/contracts/clauses/calibration.h"

/* Of a lot of a contract: amount and duration are those that the file tells of the lot, else those of the contract. A
 * contract of several lots tells no amount of one that it does not describe. `record` NULL: of no contract. */
struct calibration_basis basis_of_lot(const struct work *work, struct id contract,
                                      const Contracts__ContractRecord *record, uint32_t lot);

/* The same for a query that may name a contract. False with *ret_refusal: not known, or not for this reader. */
bool basis_asked(const struct work *work, const Types__Id *contract, uint32_t lot, struct calibration_basis *ret,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What Calibrate answers of one calculation. False with *ret_refusal. */
bool basis_calculate(const struct work *work, const Contracts__Calibration *asked,
                     const struct calibration_basis *basis, Contracts__CalibrateReply **ret,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Calculation, method, equivalents and warnings of a clause, by the rules that it was calculated with; to a company
 * only how invoices turn into hours. */
void basis_tell_clause(const struct work *work, const Contracts__ClausePut *clause, Contracts__ClauseView *view);

#endif
