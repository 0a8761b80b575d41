/* appraisal_rows.h: the rows of appraisals and offers, how a command finds them, and who reads offers.
 *
 * table       kind   key                    value
 * appraisal   STATE  contract id, u32 lot   AppraisalRow: grid, readers, award
 * offer       STATE  offer id               OfferRow, marks in it; those of a contract: about, ABOUT_APPRAISAL
 *
 * Offers and marks are read by the coordinator, the contract's buyer, and those facilitators of its territory who are
 * readers of the lot; by no auditor, no company, no other daemon. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_ROWS_H
#define SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/consultation/consultation_rows.h"

#define APPRAISAL_TABLES(TABLE)                                                                                        \
        TABLE(APPRAISAL, "appraisal", TABLE_STATE)                                                                     \
        TABLE(OFFER, "offer", TABLE_STATE)
APPRAISAL_TABLES(TABLE_NUMBER)

Contracts__AppraisalRow *appraisal_find(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot);
void appraisal_put(struct txn *txn, struct arena *arena, const Contracts__AppraisalRow *row);
/* Of a contract, by lot. */
struct appraisals {
        Contracts__AppraisalRow **rows;
        size_t count;
};
struct appraisals appraisals_of(struct txn *txn, struct arena *arena, struct id contract);

Contracts__OfferRow *offer_find(struct txn *txn, struct arena *arena, struct id offer);
void offer_put(struct txn *txn, struct arena *arena, const Contracts__OfferRow *row);
/* Taken back by a withdrawal (corrections/). */
void offer_remove(struct txn *txn, const Contracts__OfferRow *row);
void appraisal_remove(struct txn *txn, const Contracts__AppraisalRow *row);

/* Of a lot, in the order in which they were recorded. */
struct offers {
        Contracts__OfferRow **rows;
        size_t count;
};
struct offers offers_of(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot);

/* Security: whether the one who acts reads the offers of this lot. `row` may be NULL: nobody is a reader yet. */
bool offers_are_read_by(const struct work *work, struct id contract, const Contracts__ContractRecord *record,
                        const Contracts__AppraisalRow *row);

/* A lot of a contract in consultation, for a command; `row` is NULL where it has no grid yet. False: as
 * loaded_consultation_of_contract(), or INVALID_FIELD (lot). */
struct loaded_appraisal {
        struct loaded_consultation consultation;
        uint32_t lot;
        Contracts__AppraisalRow *row;
        Contracts__OfferRow *offer; /* of loaded_appraisal_of_offer() */
};
bool loaded_appraisal_of_lot(const struct work *work, const Types__Id *contract_id, uint32_t lot,
                             struct loaded_appraisal *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* The lot may still be appraised, and the one who acts reads its offers. */
bool loaded_appraisal_is_open(const struct work *work, const struct loaded_appraisal *loaded,
                              struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* An offer that may still be appraised by the one who acts. */
bool loaded_appraisal_of_offer(const struct work *work, const Types__Id *offer_id, struct loaded_appraisal *ret,
                               struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
