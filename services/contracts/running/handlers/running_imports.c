/* running_imports: the lists of running contracts that were taken, newest first, with what came of them.
 * Caller: facilitator (those of her territories), coordinator. Security: no auditor, since a list may go on with a
 * private contract. */
#include "contracts/calls.h"

#include <string.h>

#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/running/running.h"

static enum standing standing_of(const struct work *work, const Types__ImportBatch *batch)
{
        return strcmp(batch->list, RUNNING_LIST) == 0 ? programme_import_standing(work, batch) : STANDING_UNKNOWN;
}

struct reply handle_running_imports(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RunningImportsRequest *query = (const Contracts__RunningImportsRequest *)message;
        const struct batch_tables tables = contracts_batches();
        const struct batches_shown shown = {&tables, query->page, standing_of};
        return batches_reply(work, &shown, pb_new(&contracts__running_imports_reply__descriptor, work->arena));
}
