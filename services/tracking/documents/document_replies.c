#include "services/tracking/documents/document_replies.h"

struct reply reply_no_document(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "document_id",
                            "Ce parcours n'a pas ce document : la liste de ses documents les montre.");
}

char *document_title(const struct work *work, const Tracking__DocumentRow *row, int *ret_err)
{
        const Tracking__Sealed *content = work_unseal(work, id_of(row->beneficiary_id), pb_slice(row->sealed_title),
                                                      &tracking__sealed__descriptor, ret_err);
        bool is_title = content != NULL && content->content_case == TRACKING__SEALED__CONTENT_DOCUMENT_TITLE;
        return is_title ? content->document_title : arena_text(work->arena, "");
}
