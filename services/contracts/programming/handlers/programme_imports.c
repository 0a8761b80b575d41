/* programme_imports: the lists that were taken, newest first, with what came of them.
 * Caller: facilitator (those of her territories), coordinator, operator, auditor; the buyer: its own. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/programming_rows.h"

struct reply handle_programme_imports(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProgrammeImportsRequest *query = (const Contracts__ProgrammeImportsRequest *)message;
        const struct batch_tables tables = contracts_batches();
        const struct batches_shown shown = {&tables, query->page, programme_import_standing};
        return batches_reply(work, &shown, pb_new(&contracts__programme_imports_reply__descriptor, work->arena));
}
