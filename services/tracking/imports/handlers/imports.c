/* Imports: the lists that were taken, newest first, with what came of them: those given in the actor's territories, or
 * whose sender it is. */
#include "services/tracking/imports/imports_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

struct reply handle_imports(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__Imports *query = (const Tracking__Imports *)message;
        Tracking__ImportsReply *reply = pb_new(&tracking__imports_reply__descriptor, work->arena);
        const struct batch_tables tables = tracking_batches();
        const struct batches_shown shown = {&tables, query->page, import_standing};
        return batches_reply(work, &shown, &reply->base);
}
