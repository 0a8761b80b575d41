/* document_replies.h: refusals that all who work on a document of a placement share. Called by handlers. */
#ifndef SERVICES_TRACKING_DOCUMENTS_DOCUMENT_REPLIES_H
#define SERVICES_TRACKING_DOCUMENTS_DOCUMENT_REPLIES_H

#include "common/service/work.h"

struct reply reply_no_document(struct work *work);

#endif
