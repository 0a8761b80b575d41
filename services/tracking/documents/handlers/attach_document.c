/* A document of a placement comes in: begun, sent in pieces, attached, or given up. One act in
 * several commands. */
#include <stdio.h>

#include "common/service/documents.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

/* BeginDocument: an evidence of a placement is about to come, in pieces. Records nothing: until it is attached it is a
 * file of whoever began it, forgotten a day after its last piece. Caller: a facilitator who may change the
 * placement. */
struct reply handle_begin_document(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__BeginDocument *command = (const Tracking__BeginDocument *)message;
        struct placement placement;
        struct upload_state state;
        struct refusal refusal;
        struct id number;

        if (!tracking_placement(work->txn, id_of(command->placement_id), &placement))
                return reply_no_placement(work);
        if (documents_count(work->txn, id_of(command->placement_id)) >= DOCUMENTS_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                                    "Ce parcours a déjà %d documents : retirez-en un.", DOCUMENTS_MAX);
        const struct document_wish wish = {placement.beneficiary, command->size, command->media_type,
                                           tracking_of(work)->documents_bytes_max};
        if (!document_begin(work, &wish, &number, &state, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__BeginDocumentReply *reply = pb_new(&tracking__begin_document_reply__descriptor, work->arena);
        reply->upload_id = id_to(work->arena, number);
        reply->piece_bytes = LIMIT_BLOB_PIECE_BYTES;
        reply->pieces = blob_piece_count(command->size);
        reply->next_piece = state.next;
        return reply_ok(work, reply);
}

/* PutDocumentPiece: the next piece of a document that is coming, sealed and written at once. Records nothing; the same
 * piece again changes nothing. Caller: the facilitator who began it. */
struct reply handle_put_document_piece(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PutDocumentPiece *command = (const Tracking__PutDocumentPiece *)message;
        const struct document_piece piece = {id_of(command->upload_id), command->index, pb_slice(command->content)};
        struct refusal refusal;
        uint32_t next;

        if (!document_put(work, &piece, &next, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__PutDocumentPieceReply *reply = pb_new(&tracking__put_document_piece_reply__descriptor, work->arena);
        reply->next_piece = next;
        return reply_ok(work, reply);
}

/* DropUpload: a document that was begun will not come: what has come of it goes at once, and its place is free. Records
 * nothing. Caller: the facilitator who began it. */
struct reply handle_drop_upload(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__DropUpload *command = (const Tracking__DropUpload *)message;
        struct refusal refusal;
        if (!document_forget(work, id_of(command->upload_id), &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, pb_new(&tracking__drop_upload_reply__descriptor, work->arena));
}

static int seal_title(struct work *work, struct id beneficiary, char *title, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_DOCUMENT_TITLE;
        content.document_title = title;
        return work_seal(work, beneficiary, &content, ret_sealed);
}

static bool may_attach(const struct work *work, const Tracking__AttachDocument *command, struct refusal *ret)
{
        struct id placement = id_of(command->placement_id);
        if (tracking_document(work->txn, placement, id_of(command->upload_id), work->arena) != NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "upload_id",
                              "Ce document est déjà joint à ce parcours.");
        if (documents_count(work->txn, placement) >= DOCUMENTS_MAX)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                              "Ce parcours a déjà %d documents : retirez-en un.", DOCUMENTS_MAX);
        if (reason_is_sound(command->title, ret))
                return true;
        (void)snprintf(ret->field, sizeof(ret->field), "title");
        return false;
}

static struct reply record_attachment(struct work *work, const Tracking__AttachDocument *command,
                                      const struct document *document, struct slice sealed_title)
{
        Tracking__DocumentAttached attached = TRACKING__DOCUMENT_ATTACHED__INIT;
        attached.placement_id = command->placement_id;
        attached.document_id = command->upload_id;
        attached.beneficiary_id = id_to(work->arena, document->blob.owner);
        attached.address = pb_bytes(slice_of(document->blob.address.b, sizeof(document->blob.address.b)));
        attached.size = document->blob.size;
        attached.media_type = document->media_type;
        work_record_sealed(work, &attached.base, sealed_title);
        Tracking__AttachDocumentReply *reply = pb_new(&tracking__attach_document_reply__descriptor, work->arena);
        reply->document_id = command->upload_id;
        return reply_ok(work, reply);
}

/* AttachDocument: what came in pieces becomes a document of the placement. Its file is durable before the event that
 * names it is committed. The title is sealed with the person's key, as the document is. Caller: the facilitator who
 * began it. Emits DocumentAttached. */
struct reply handle_attach_document(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__AttachDocument *command = (const Tracking__AttachDocument *)message;
        struct placement placement;
        struct document document;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id_of(command->placement_id), &placement))
                return reply_no_placement(work);
        if (!may_attach(work, command, &refusal))
                return reply_refusal(work, &refusal);
        int err = seal_title(work, placement.beneficiary, command->title, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        if (!document_finish(work, id_of(command->upload_id), placement.beneficiary, &document, &refusal))
                return reply_refusal(work, &refusal);
        return record_attachment(work, command, &document, sealed);
}
