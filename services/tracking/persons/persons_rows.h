/* persons_rows.h: the rows of persons. Finds return what lives in the arena, NULL where there is none; failures are the
 * transaction's (sticky): a row then reads as missing. Puts are for apply() only. List walks must not be mixed with
 * writes.
 *
 *   table                     key                          row
 *   beneficiary               beneficiary id               BeneficiaryRow (state.proto), identity and decisions sealed
 *   beneficiary_by_territory  territory, beneficiary id    empty
 *   beneficiary_by_prescriber organisation, beneficiary    empty */
#ifndef SERVICES_TRACKING_PERSONS_PERSONS_ROWS_H
#define SERVICES_TRACKING_PERSONS_PERSONS_ROWS_H

#include "common/base/arena.h"
#include "common/store/key.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "services/tracking/persons/beneficiary.h"
#include "tracking/state.pb-c.h"

#define PERSONS_TABLES(TABLE)                                                                                          \
        TABLE(BENEFICIARY, "beneficiary", TABLE_STATE)                                                                 \
        TABLE(BENEFICIARY_BY_TERRITORY, "beneficiary_by_territory", TABLE_STATE)                                       \
        TABLE(BENEFICIARY_BY_PRESCRIBER, "beneficiary_by_prescriber", TABLE_STATE)
PERSONS_TABLES(TABLE_NUMBER)

Tracking__BeneficiaryRow *tracking_beneficiary(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row, struct arena *arena);
void tracking_index_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row);

/* The periods of a row as values; `ret_periods` has room for DECISIONS_MAX + 1. */
size_t periods_of(const Tracking__BeneficiaryRow *row, struct period *ret_periods);
void periods_put(Tracking__BeneficiaryRow *row, const struct period *periods, size_t count, struct arena *arena);

/* As service_spec.each_key, of all persons. False: enough were seen. */
bool persons_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* --- ids, in ascending order, of one list (common/store/walk.h). `after` is the last id already seen --- */
enum persons_list {
        LIST_BENEFICIARIES,              /* all; part: unused */
        LIST_BENEFICIARIES_OF_TERRITORY, /* part: the text */
        LIST_BENEFICIARIES_OF_PRESCRIBER,
};
void persons_walk(struct txn *txn, enum persons_list list, struct key part, struct slice after, struct walk *ret);

#endif
