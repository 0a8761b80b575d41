#include "services/accounts/rooms.h"

ROOM_TABLES(TABLE_DEFINED)
const struct table_spec accounts_tables[ACCOUNTS_TABLE_COUNT] = {ROOM_TABLES(TABLE_DESCRIBED)};
