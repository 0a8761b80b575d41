/* Documents: what was attached to a placement, without what is in it. Titles are unsealed with the person's key; where
 * that is destroyed, so are the documents. Caller: a facilitator who may change the placement. */
#include "common/service/page.h"
#include "services/tracking/documents/document_replies.h"
#include "services/tracking/documents/documents_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

static Tracking__DocumentLine *line_of(const struct work *work, struct id id, const Tracking__DocumentRow *row)
{
        int err;
        Tracking__DocumentLine *line = pb_new(&tracking__document_line__descriptor, work->arena);
        line->document_id = id_to(work->arena, id);
        line->media_type = row->media_type;
        line->size = row->size;
        line->attached_at = instant_to(work->arena, row->attached_at_ms);
        line->attached_by = row->attached_by;
        line->title = document_title(work, row, &err);
        line->erased = err == ERR_NOT_FOUND;
        return line;
}

struct reply handle_documents(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__DocumentsRequest *query = (const Tracking__DocumentsRequest *)message;
        Tracking__DocumentsReply *reply = pb_new(&tracking__documents_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct id placement = id_of(query->placement_id), id;
        struct walk walk;

        documents_walk(work->txn, placement, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__DocumentRow *row = tracking_document(work->txn, placement, id, work->arena);
                if (row != NULL)
                        page_add(&page, line_of(work, id, row));
        }
        return page_reply(&page);
}
