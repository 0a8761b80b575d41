/* referrals_rows.h: the rows of referrals; those of a contract are found by the index `about` (store/rows.h). Puts are
 * for apply() only.
 *
 * table     kind   key          value
 * referral  STATE  referral id  ReferralRow */
#ifndef SERVICES_CONTRACTS_REFERRALS_REFERRALS_ROWS_H
#define SERVICES_CONTRACTS_REFERRALS_REFERRALS_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

#define REFERRALS_TABLES(TABLE) TABLE(REFERRAL, "referral", TABLE_STATE)
REFERRALS_TABLES(TABLE_NUMBER)

Contracts__ReferralRow *referral_find(struct txn *txn, struct arena *arena, struct id referral);
void referral_put(struct txn *txn, struct arena *arena, const Contracts__ReferralRow *row);
void referral_remove(struct txn *txn, const Contracts__ReferralRow *row); /* by a withdrawal (corrections/) */
/* Newest first. */
void referrals_walk(struct txn *txn, struct slice before, struct walk *ret);

#endif
