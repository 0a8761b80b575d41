/* OpenDocument: a document of a person is about to be read; who, which and why is kept in the log, as of her file.
 * Caller: a facilitator who may change the placement. Emits DocumentOpened. */
#include "common/service/documents.h"
#include "services/tracking/documents/document_replies.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/privacy/person_file.h"
#include "tracking/calls.h"

static int identity_of(const struct work *work, struct id beneficiary, const Tracking__Identity **ret)
{
        Tracking__Sealed *content;
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, beneficiary, work->arena);
        if (row == NULL)
                return ERR_NOT_FOUND;
        int err = person_file_content(work, beneficiary, pb_slice(row->sealed_identity),
                                      TRACKING__SEALED__CONTENT_IDENTITY, &content);
        if (err == 0)
                *ret = content->identity;
        return err;
}

static struct reply record_opening(struct work *work, const Tracking__OpenDocument *command,
                                   const Tracking__DocumentRow *row, struct slice sealed)
{
        Tracking__DocumentOpened opened = TRACKING__DOCUMENT_OPENED__INIT;
        opened.placement_id = command->placement_id;
        opened.document_id = command->document_id;
        opened.beneficiary_id = row->beneficiary_id;
        opened.reason_code = command->reason_code;
        work_record_sealed(work, &opened.base, sealed);
        Tracking__OpenDocumentReply *reply = pb_new(&tracking__open_document_reply__descriptor, work->arena);
        reply->media_type = row->media_type;
        reply->size = row->size;
        reply->piece_bytes = LIMIT_BLOB_PIECE_BYTES;
        reply->pieces = blob_piece_count(row->size);
        return reply_ok(work, reply);
}

struct reply handle_open_document(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OpenDocument *command = (const Tracking__OpenDocument *)message;
        const Tracking__Identity *identity = NULL;
        struct refusal refusal;
        struct slice sealed;

        const Tracking__DocumentRow *row =
                tracking_document(work->txn, id_of(command->placement_id), id_of(command->document_id), work->arena);
        if (row == NULL)
                return reply_no_document(work);
        int err = identity_of(work, id_of(row->beneficiary_id), &identity);
        if (err != 0)
                return reply_sealed(work, err);
        if (!person_file_may_open(work, command->reason, command->reason_code, identity, &refusal))
                return reply_refusal(work, &refusal);
        err = person_file_seal_reason(work, id_of(row->beneficiary_id), command->reason, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_opening(work, command, row, sealed);
}
