/* exports_rows.h: the rows of what was taken out as a file. Only exports_events.c calls the functions that write.
 *
 *   table      key                           value
 *   export     event number u64              accounts.ExportRow
 *   export_of  account id, event number u64  – */
#ifndef SERVICES_ACCOUNTS_EXPORTS_EXPORTS_ROWS_H
#define SERVICES_ACCOUNTS_EXPORTS_EXPORTS_ROWS_H

#include "accounts/exports.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

#define EXPORTS_TABLES(TABLE)                                                                                          \
        TABLE(EXPORT, "export", TABLE_STATE)                                                                           \
        TABLE(EXPORT_OF, "export_of", TABLE_STATE)
EXPORTS_TABLES(TABLE_NUMBER)

Accounts__ExportRow *store_export(struct txn *txn, uint64_t number, struct arena *arena); /* NULL: none */
void store_put_export(struct txn *txn, uint64_t number, const Accounts__ExportRow *row, struct arena *arena);
void store_drop_exports(struct txn *txn, uint64_t up_to, struct arena *arena);
/* Newest first; of one account, or, where the id is zero, of all. */
void store_walk_exports(struct txn *txn, struct id account, struct slice before, struct walk *ret);
/* The oldest `max` numbers; how many there are. */
size_t store_oldest_exports(struct txn *txn, uint64_t *ret, size_t max);

#endif
