/* exports_rows.h: the rows of what was taken out as a file. What is done with them: noted/noted.h.
 *
 *   table      key                           value
 *   export     event number u64              accounts.ExportRow
 *   export_of  account id, event number u64  – */
#ifndef SERVICES_ACCOUNTS_EXPORTS_EXPORTS_ROWS_H
#define SERVICES_ACCOUNTS_EXPORTS_EXPORTS_ROWS_H

#include "accounts/exports.pb-c.h"
#include "common/store/tables.h"
#include "services/accounts/noted/noted.h"

#define EXPORTS_TABLES(TABLE)                                                                                          \
        TABLE(EXPORT, "export", TABLE_STATE)                                                                           \
        TABLE(EXPORT_OF, "export_of", TABLE_STATE)
EXPORTS_TABLES(TABLE_NUMBER)

extern const struct noted exports_noted;

#endif
