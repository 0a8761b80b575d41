/* RemoveDocument: a document that does not belong to the placement goes, its file after the commit. Who removed what
 * and when stays in the log. Caller: a facilitator who may change the placement. Emits DocumentRemoved. */
#include "common/service/documents.h"
#include "services/tracking/documents/document_replies.h"
#include "services/tracking/documents/documents_rows.h"
#include "tracking/calls.h"

struct reply handle_remove_document(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RemoveDocument *command = (const Tracking__RemoveDocument *)message;
        const Tracking__DocumentRow *row =
                tracking_document(work->txn, id_of(command->placement_id), id_of(command->document_id), work->arena);
        if (row == NULL)
                return reply_no_document(work);
        Tracking__DocumentRemoved removed = TRACKING__DOCUMENT_REMOVED__INIT;
        removed.placement_id = command->placement_id;
        removed.document_id = command->document_id;
        removed.beneficiary_id = row->beneficiary_id;
        document_drop(work, tracking_blob_of(row).address);
        work_record(work, &removed.base);
        return reply_ok(work, pb_new(&tracking__remove_document_reply__descriptor, work->arena));
}
