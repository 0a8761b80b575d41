/* decisions_rows.h: what was decided on a person, who else agreed, and the proofs that were seen: one row a person.
 * What tells why is sealed with her key. Finds return what lives in the arena; puts are for apply() only.
 *
 *   table                     key                          row
 *   eligibility               beneficiary id               EligibilityRow (eligibility.proto) */
#ifndef SERVICES_TRACKING_PERSONS_DECISIONS_ROWS_H
#define SERVICES_TRACKING_PERSONS_DECISIONS_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "services/tracking/persons/beneficiary.h"
#include "tracking/state.pb-c.h"

#define DECISIONS_TABLES(TABLE) TABLE(ELIGIBILITY, "eligibility", TABLE_STATE)
DECISIONS_TABLES(TABLE_NUMBER)

enum { PROOFS_MAX = 64 }; /* per person; bounds the row */

/* Never NULL: of whom nothing was decided, an empty one. */
Tracking__EligibilityRow *tracking_eligibility(struct txn *txn, struct id beneficiary, struct arena *arena);
void tracking_put_eligibility(struct txn *txn, struct id beneficiary, const Tracking__EligibilityRow *row,
                              struct arena *arena);
void tracking_drop_eligibility(struct txn *txn, struct id beneficiary);

/* NULL: there is none of that id. */
Tracking__DecisionRow *eligibility_decision(const Tracking__EligibilityRow *row, struct id id);
Tracking__SuspensionRow *eligibility_suspension(const Tracking__EligibilityRow *row, struct id id);
Tracking__ProofRow *eligibility_proof(const Tracking__EligibilityRow *row, struct id id);

/* What her key has sealed of a decision. */
struct slice eligibility_sealed(const Tracking__BeneficiaryRow *person, const Tracking__DecisionRow *decision);

/* One more that counts; a proposal of the same id goes. */
void eligibility_take(Tracking__EligibilityRow *row, Tracking__DecisionRow *decision, struct arena *arena);

/* She is eligible again from that day on; from its first day on: it never held. */
void suspension_end(Tracking__SuspensionRow *suspension, struct day resumed_on, struct arena *arena);

/* Decisions and suspensions together are at most DECISIONS_MAX. */
bool eligibility_is_full(const Tracking__EligibilityRow *row);

/* The periods in which she is eligible by what stands, in the order in which it was decided. `ret_periods` has room for
 * DECISIONS_MAX + 1. */
size_t eligibility_periods(const Tracking__EligibilityRow *row, struct period *ret_periods);

#endif
