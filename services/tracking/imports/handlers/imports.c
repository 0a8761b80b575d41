/* Imports: the lists that were taken, newest first, with what came of them: those given in the actor's territories, or
 * whose sender it is. */
#include "common/service/page.h"
#include "services/tracking/imports/imports_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

struct reply handle_imports(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__Imports *query = (const Tracking__Imports *)message;
        Tracking__ImportsReply *reply = pb_new(&tracking__imports_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct batch_tables tables = tracking_batches();
        struct walk walk;
        struct id id;

        batches_walk(work->txn, &tables, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Types__ImportBatch *batch = walk_message(&walk, &types__import_batch__descriptor, work->arena);
                if (import_standing(work, batch) != STANDING_UNKNOWN) /* Security: line by line */
                        page_add(&page, batch);
        }
        return page_reply(&page);
}
