#include "services/tracking/documents/document_replies.h"

struct reply reply_no_document(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "document_id",
                            "Ce parcours n'a pas ce document : la liste de ses documents les montre.");
}
