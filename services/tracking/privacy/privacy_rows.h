/* privacy_rows.h: the rows of files that were opened. Finds return what lives in the arena, NULL where there is none;
 * puts are for apply() only.
 *
 *   table                     key                          row
 *   reading                   number u64 of the event      ReadingRow (state.proto), the reason sealed
 *   reading_by_beneficiary    beneficiary id, number u64   empty */
#ifndef SERVICES_TRACKING_PRIVACY_PRIVACY_ROWS_H
#define SERVICES_TRACKING_PRIVACY_PRIVACY_ROWS_H

#include "common/base/arena.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/state.pb-c.h"

#define PRIVACY_TABLES(TABLE)                                                                                          \
        TABLE(READING, "reading", TABLE_STATE)                                                                         \
        TABLE(READING_BY_BENEFICIARY, "reading_by_beneficiary", TABLE_STATE)
PRIVACY_TABLES(TABLE_NUMBER)

Tracking__ReadingRow *tracking_reading(struct txn *txn, uint64_t number, struct arena *arena);
void tracking_put_reading(struct txn *txn, uint64_t number, const Tracking__ReadingRow *row, struct arena *arena);
/* Numbers of files that were opened, newest first; of one person, or of all (zero). */
void tracking_readings(struct txn *txn, struct id beneficiary, struct slice before, struct walk *ret);

#endif
