/* hours_rows.h: the hours of a month. Puts are for apply() only.
 *
 *   table                     key                          row
 *   hours                     month i32, placement id      struct statement (statement.h), 32 bytes
 *   hours_history             number u64                   number u64: of the event before that one, of the same month
 *   hours_reference           organisation, hash 16        placement id: what this organisation calls so
 *   hours_split               month i32, placement id      HoursSplitRow (hours.proto): whom the month is split with
 */
#ifndef SERVICES_TRACKING_HOURS_HOURS_ROWS_H
#define SERVICES_TRACKING_HOURS_HOURS_ROWS_H

#include "common/store/tables.h"
#include "common/store/walk.h"
#include "services/tracking/hours/statement.h"

#define HOURS_TABLES(TABLE)                                                                                            \
        TABLE(HOURS, "hours", TABLE_STATE)                                                                             \
        TABLE(HOURS_HISTORY, "hours_history", TABLE_STATE)                                                             \
        TABLE(HOURS_REFERENCE, "hours_reference", TABLE_STATE)                                                         \
        TABLE(HOURS_SPLIT, "hours_split", TABLE_STATE)
HOURS_TABLES(TABLE_NUMBER)

/* What is stated of the month; false: nothing is. */
bool tracking_statement(struct txn *txn, struct month month, struct id placement, struct statement *ret);
/* The first month of these (month_number()s, both included) in which hours of the placement count; false: in none. */
bool tracking_first_counted(struct txn *txn, struct id placement, int32_t from, int32_t until, struct month *ret);
/* The row, of what was taken back too. */
bool tracking_statement_row(struct txn *txn, struct month month, struct id placement, struct statement *ret);
void tracking_put_statement(struct txn *txn, struct month month, struct id placement, struct statement row);

/* Each event of a month leads to the one before it, so the first, which is most of them, costs no row. 0: none. */
uint64_t hours_event_before(struct txn *txn, uint64_t number);
void hours_put_event_before(struct txn *txn, uint64_t number, uint64_t before);

/* Security: of a reference, which may be somebody's name, a hash is kept, with the sender as its key. */
enum { HOURS_REFERENCE_SIZE = 16 };
void hours_reference_hash(struct id sender, const char *reference, uint8_t ret_hash[HOURS_REFERENCE_SIZE]);
bool hours_reference_find(struct txn *txn, struct id sender, struct slice hash, struct id *ret_placement);
void hours_reference_put(struct txn *txn, struct id sender, struct slice hash, struct id placement);
/* No sender's reference leads to it any more. Looks at all of them: for what is rare. */
void hours_references_forget(struct txn *txn, struct id placement);

/* NULL: the month is of this placement alone. */
Tracking__HoursSplitRow *tracking_hours_split(struct txn *txn, struct month month, struct id placement,
                                              struct arena *arena);
void tracking_put_hours_split(struct txn *txn, struct month month, struct id placement,
                              const Tracking__HoursSplitRow *row, struct arena *arena);

/* Placements that have a row in the month, in ascending order; `after` is the last id already seen. */
void tracking_walk_month(struct txn *txn, struct month month, struct slice after, struct walk *ret);
/* Of the row that was walked to; false: it was taken back. */
bool tracking_walk_statement(const struct walk *walk, struct statement *ret);

/* What goes to another partition: all that is stated of a placement in these months (their numbers), with its history,
 * and by which references senders know these placements. */
void hours_drop(struct txn *txn, struct id placement, int32_t from, int32_t until);
void hours_references_drop(struct txn *txn, const struct id *placements, size_t count);

#endif
