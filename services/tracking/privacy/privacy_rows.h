/* privacy_rows.h: the rows of files that were opened. Finds return what lives in the arena, NULL where there is none;
 * puts are for apply() only.
 *
 *   table                     key                          row
 *   reading                   number u64 of the event      ReadingRow (state.proto), the reason sealed
 *   reading_by_beneficiary    beneficiary id, number u64   empty
 *   anonymous                 number u64 of the erasure    AnonymousRow: what is counted of an erased person */
#ifndef SERVICES_TRACKING_PRIVACY_PRIVACY_ROWS_H
#define SERVICES_TRACKING_PRIVACY_PRIVACY_ROWS_H

#include "common/base/arena.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/state.pb-c.h"

#define PRIVACY_TABLES(TABLE)                                                                                          \
        TABLE(READING, "reading", TABLE_STATE)                                                                         \
        TABLE(READING_BY_BENEFICIARY, "reading_by_beneficiary", TABLE_STATE)                                           \
        TABLE(ANONYMOUS, "anonymous", TABLE_STATE)
PRIVACY_TABLES(TABLE_NUMBER)

Tracking__ReadingRow *tracking_reading(struct txn *txn, uint64_t number, struct arena *arena);
void tracking_put_reading(struct txn *txn, uint64_t number, const Tracking__ReadingRow *row, struct arena *arena);
/* Numbers of files that were opened, newest first; of one person, or of all (zero). */
void tracking_readings(struct txn *txn, struct id beneficiary, struct slice before, struct walk *ret);

/* Why her file was opened is in no row any more; who and when remain. */
void tracking_forget_reasons(struct txn *txn, struct id beneficiary, struct arena *arena);

/* `row`: an AnonymousRow, encoded. */
void tracking_put_anonymous(struct txn *txn, uint64_t number, struct slice row);
/* Newest first. */
void tracking_anonymous_walk(struct txn *txn, struct slice before, struct walk *ret);

/* She goes to another partition, and they with her. */
void tracking_drop_readings(struct txn *txn, struct id beneficiary);

#endif
