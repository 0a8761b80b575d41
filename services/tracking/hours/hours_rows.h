/* hours_rows.h: the hours of a month. Puts are for apply() only.
 *
 *   table                     key                          row
 *   hours                     month i32, placement id      struct statement (statement.h), 16 bytes */
#ifndef SERVICES_TRACKING_HOURS_HOURS_ROWS_H
#define SERVICES_TRACKING_HOURS_HOURS_ROWS_H

#include "common/store/tables.h"
#include "common/store/walk.h"
#include "services/tracking/hours/statement.h"

#define HOURS_TABLES(TABLE)                                                                                            \
        TABLE(HOURS, "hours", TABLE_STATE)
HOURS_TABLES(TABLE_NUMBER)

bool tracking_statement(struct txn *txn, struct month month, struct id placement, struct statement *ret);
void tracking_put_statement(struct txn *txn, struct month month, struct id placement, struct statement row);

/* Placements that have a statement in the month, in ascending order; `after` is the last id already seen. */
void tracking_walk_month(struct txn *txn, struct month month, struct slice after, struct walk *ret);
struct statement tracking_walk_statement(const struct walk *walk); /* of the row that was walked to */

#endif
