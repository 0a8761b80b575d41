/* programme_imports: the lists that were taken, newest first, with what came of them.
 * Caller: facilitator (those of her territories), coordinator, operator, auditor; the buyer: its own. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "common/service/page.h"
#include "services/contracts/programming/programming_rows.h"

struct reply handle_programme_imports(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProgrammeImportsRequest *query = (const Contracts__ProgrammeImportsRequest *)message;
        Contracts__ProgrammeImportsReply *reply = pb_new(&contracts__programme_imports_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct batch_tables tables = contracts_batches();
        struct walk walk;
        struct id id;

        batches_walk(work->txn, &tables, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Types__ImportBatch *batch = walk_message(&walk, &types__import_batch__descriptor, work->arena);
                if (programme_import_standing(work, batch) != STANDING_UNKNOWN) /* Security: line by line */
                        page_add(&page, batch);
        }
        return page_reply(&page);
}
