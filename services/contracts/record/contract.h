/* contract.h: what can be said of a published contract. Pure: no I/O, clock or store. Called by handlers; pointers
 * returned point into the record given. A record is what the buyer published: checked at the border, not corrected. */
#ifndef SERVICES_CONTRACTS_RECORD_CONTRACT_H
#define SERVICES_CONTRACTS_RECORD_CONTRACT_H

#include "common/codec/refusal.h"
#include "contracts/file.pb-c.h"
#include "contracts/record.pb-c.h"

/* Whether the published record can be kept. False with *ret_refusal, fields told from `record` on. */
bool contract_check(const Contracts__ContractRecord *record, struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The same of one of ours, which may have no number yet. */
bool contract_check_ours(const Contracts__ContractRecord *record, struct refusal *ret_refusal) ATTR_MUST_CHECK;
bool contract_check_lots(Contracts__Lot *const *lots, size_t count, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The contract after its last modification. */
struct contract_current {
        const Types__Money *amount; /* NULL: not told */
        uint32_t duration_months;
};
struct contract_current contract_current(const Contracts__ContractRecord *record);

/* False for a declined contract: nothing is added to what is not followed. `file` may be NULL. */
bool contract_admits(const Contracts__ContractFile *file, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The contract has a lot of that number, or none of its lots is described. INVALID_FIELD (lot). */
bool contract_check_lot(const Contracts__ContractFile *file, uint32_t lot, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
