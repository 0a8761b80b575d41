/* persons_rows.h: the rows of persons. Finds return what lives in the arena, NULL where there is none; failures are the
 * transaction's (sticky): a row then reads as missing. Puts are for apply() only. List walks must not be mixed with
 * writes.
 *
 *   table                     key                          row
 *   beneficiary               beneficiary id               BeneficiaryRow (state.proto), identity and decisions sealed
 *   beneficiary_by_territory  territory, beneficiary id    empty
 *   beneficiary_by_prescriber organisation, beneficiary    empty
 *   beneficiary_by_referral   organisation, day i32, ben.  empty; of nobody's (zero): all, in the order of their days
 *   beneficiary_sealed        beneficiary id, number u64   empty: her key sealed the kept part of that event
 *   erased                    beneficiary id               ErasedRow: there is no other row of her
 *   retention, retention_by_name, retention_parked         see common/service/due.h: when her file's clock is looked at
 */
#ifndef SERVICES_TRACKING_PERSONS_PERSONS_ROWS_H
#define SERVICES_TRACKING_PERSONS_PERSONS_ROWS_H

#include "common/base/arena.h"
#include "common/service/due.h"
#include "common/store/key.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "services/tracking/persons/beneficiary.h"
#include "tracking/state.pb-c.h"

#define PERSONS_TABLES(TABLE)                                                                                          \
        TABLE(BENEFICIARY, "beneficiary", TABLE_STATE)                                                                 \
        TABLE(BENEFICIARY_BY_TERRITORY, "beneficiary_by_territory", TABLE_STATE)                                       \
        TABLE(BENEFICIARY_BY_PRESCRIBER, "beneficiary_by_prescriber", TABLE_STATE)                                     \
        TABLE(BENEFICIARY_BY_REFERRAL, "beneficiary_by_referral", TABLE_STATE)                                         \
        TABLE(BENEFICIARY_SEALED, "beneficiary_sealed", TABLE_STATE)                                                   \
        TABLE(ERASED, "erased", TABLE_STATE)                                                                           \
        TABLE(RETENTION, "retention", TABLE_STATE)                                                                     \
        TABLE(RETENTION_BY_NAME, "retention_by_name", TABLE_STATE)                                                     \
        TABLE(RETENTION_PARKED, "retention_parked", TABLE_STATE)
PERSONS_TABLES(TABLE_NUMBER)

Tracking__BeneficiaryRow *tracking_beneficiary(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row, struct arena *arena);
void tracking_index_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row);
/* The lists lead to her in that territory from here on; `row` is what she is, without it. */
void tracking_move_beneficiary(struct txn *txn, struct id id, const Tracking__BeneficiaryRow *row, char *territory,
                               struct arena *arena);

/* That event's kept part is sealed with her key. Whoever applies one that is notes it: erasing forgets what is noted.
 */
void tracking_note_sealed(struct txn *txn, struct id beneficiary, uint64_t number);
void tracking_sealed_walk(struct txn *txn, struct id beneficiary, struct walk *ret); /* walk_number() */
/* All of her rows here go; what remains is that she was erased. */
void tracking_drop_beneficiary(struct txn *txn, struct id id, const Tracking__ErasedRow *erased, struct arena *arena);
/* The same where she goes to another partition: nothing remains here. */
void tracking_leave_beneficiary(struct txn *txn, struct id id, struct arena *arena);
/* There was a contact with her: her retention counts from it. `row` is changed, and to be put. */
void tracking_note_contact(struct txn *txn, struct id id, Tracking__BeneficiaryRow *row, int64_t at_ms);
/* Her file's clock is looked at then (privacy/retention.h). */
extern const struct due_tables persons_retention; /* defined with the numbers of all tables: rooms.c */
enum { JOB_RETENTION = 1 };
void tracking_look_at(struct txn *txn, struct id id, int64_t at_ms);
Tracking__ErasedRow *tracking_erased(struct txn *txn, struct id id, struct arena *arena);

/* The periods of a row as values; `ret_periods` has room for DECISIONS_MAX + 1. */
size_t periods_of(const Tracking__BeneficiaryRow *row, struct period *ret_periods);
void periods_put(Tracking__BeneficiaryRow *row, const struct period *periods, size_t count, struct arena *arena);

/* As service_spec.each_key, of all persons. False: enough were seen. */
bool persons_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* As service_spec.each_erased. */
void persons_each_erased(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* --- ids, in ascending order, of one list (common/store/walk.h). `after` is the last id already seen --- */
enum persons_list {
        LIST_BENEFICIARIES,              /* all; part: unused */
        LIST_BENEFICIARIES_OF_TERRITORY, /* part: the text */
        LIST_BENEFICIARIES_OF_PRESCRIBER,
};
void persons_walk(struct txn *txn, enum persons_list list, struct key part, struct slice after, struct walk *ret);
/* Whoever was referred first comes first; of one prescriber, or (zero) all. walk_id(). */
void persons_walk_referred(struct txn *txn, struct id prescriber, struct slice after, struct walk *ret);

#endif
