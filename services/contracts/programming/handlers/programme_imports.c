/* programme_imports: the lists that were taken, newest first, with what came of them.
 * Caller: facilitator (those of her territories), coordinator, operator, auditor; the buyer: its own. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include <string.h>

#include "services/contracts/programming/programming_rows.h"

/* Lists of running contracts have theirs (RunningImports). */
static enum standing standing_of(const struct work *work, const Types__ImportBatch *batch)
{
        return strcmp(batch->list, PROGRAMME_LIST) == 0 ? programme_import_standing(work, batch) : STANDING_UNKNOWN;
}

struct reply handle_programme_imports(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProgrammeImportsRequest *query = (const Contracts__ProgrammeImportsRequest *)message;
        const struct batch_tables tables = contracts_batches();
        const struct batches_shown shown = {&tables, query->page, standing_of};
        return batches_reply(work, &shown, pb_new(&contracts__programme_imports_reply__descriptor, work->arena));
}
