/* DocumentPiece: one piece of a document, to who has opened it within the hour (OpenDocument, which is logged): so that
 * nobody reads one without a trace. Caller: a facilitator who may change the placement. */
#include "common/service/documents.h"
#include "services/tracking/documents/document_replies.h"
#include "services/tracking/documents/documents_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

enum { OPEN_MS = 60 * 60 * 1000 };

/* Security: opened by this very account. */
static bool is_open(const struct work *work, struct id document)
{
        int64_t at_ms;
        return tracking_opened_at(work->txn, document, passport_account(work->actor), &at_ms) &&
               work->now_ms - at_ms < OPEN_MS;
}

struct reply handle_document_piece(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__DocumentPiece *query = (const Tracking__DocumentPiece *)message;
        struct id document = id_of(query->document_id);
        struct refusal refusal;
        struct slice content;
        int err; /* the title: without its key there would be no content either */

        const Tracking__DocumentRow *row =
                tracking_document(work->txn, id_of(query->placement_id), document, work->arena);
        if (row == NULL)
                return reply_no_document(work);
        if (!is_open(work, document))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "document_id",
                                    "Ouvrez d'abord ce document (OpenDocument), en disant pourquoi : il se lit pendant "
                                    "une heure.");
        const struct blob blob = tracking_blob_of(row);
        if (!document_read(work, &blob, query->index, &content, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__DocumentPieceReply *reply = pb_new(&tracking__document_piece_reply__descriptor, work->arena);
        reply->content = pb_bytes(content);
        reply->size = row->size;
        reply->piece_bytes = LIMIT_BLOB_PIECE_BYTES;
        reply->media_type = row->media_type;
        reply->title = document_title(work, row, &err);
        reply->tag = pb_bytes(slice_of(blob.address.b, sizeof(blob.address.b)));
        return reply_ok(work, reply);
}
