#include "services/tracking/rooms.h"

ROOM_TABLES(TABLE_DEFINED)
const struct table_spec tracking_tables[TRACKING_TABLE_COUNT] = {ROOM_TABLES(TABLE_DESCRIBED)};

const struct due_tables persons_retention = {PLACE_RETENTION, PLACE_RETENTION_BY_NAME, PLACE_RETENTION_PARKED};

void tracking_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        if (persons_each_key(txn, see, argument))
                placements_each_key(txn, see, argument);
}
