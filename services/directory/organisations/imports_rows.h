/* imports_rows.h: the lists of partners that were taken: common/service/batches.h says what stands in the four tables
 * (organisations_rows.h numbers them). And whose an import is: of the territory that it was given in. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_IMPORTS_ROWS_H
#define SERVICES_DIRECTORY_ORGANISATIONS_IMPORTS_ROWS_H

#include "common/service/batches.h"
#include "common/service/rights.h"

struct batch_tables directory_batches(void);

/* Security: a facilitator reads and undoes the imports of her territories, operator and coordinator all. */
enum standing directory_import_standing(const struct work *work, const Types__ImportBatch *batch);

#endif
