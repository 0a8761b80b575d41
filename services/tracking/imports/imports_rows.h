/* imports_rows.h: the lists that were taken here, of whatever kind: common/service/batches.h says what stands in the
 * four tables. And whose an import is: of the territory that it was given in, and of its sender. */
#ifndef SERVICES_TRACKING_IMPORTS_IMPORTS_ROWS_H
#define SERVICES_TRACKING_IMPORTS_IMPORTS_ROWS_H

#include "common/service/batches.h"
#include "common/service/rights.h"
#include "common/store/tables.h"

#define IMPORTS_TABLES(TABLE)                                                                                          \
        TABLE(IMPORT_BATCH, "import_batch", TABLE_STATE)                                                               \
        TABLE(IMPORT_ROW, "import_row", TABLE_STATE)                                                                   \
        TABLE(IMPORT_SENDER, "import_sender", TABLE_STATE)                                                             \
        TABLE(IMPORT_FILE, "import_file", TABLE_STATE)
IMPORTS_TABLES(TABLE_NUMBER)

#define PERSONS_LIST "persons" /* of prescribers; other lists are of employers */

struct batch_tables tracking_batches(void);

/* Security: watchers read the imports of their territories, facilitators undo them; companies and structures their own,
 * prescribers theirs of persons. */
enum standing import_standing(const struct work *work, const Types__ImportBatch *batch);

#endif
