/* outcomes_rows.h: why placements ended. Puts are for apply() only.
 *
 *   table                     key                          row
 *   placement_exit            placement id                 sealed reason of its end, where one was given */
#ifndef SERVICES_TRACKING_OUTCOMES_OUTCOMES_ROWS_H
#define SERVICES_TRACKING_OUTCOMES_OUTCOMES_ROWS_H

#include "common/base/id.h"
#include "common/store/tables.h"

#define OUTCOMES_TABLES(TABLE) TABLE(PLACEMENT_EXIT, "placement_exit", TABLE_STATE)
OUTCOMES_TABLES(TABLE_NUMBER)

bool tracking_placement_exit(struct txn *txn, struct id id, struct slice *ret_sealed); /* dies with the transaction */
void tracking_put_placement_exit(struct txn *txn, struct id id, struct slice sealed);
void tracking_drop_placement_exit(struct txn *txn, struct id id);

#endif
