/* document_replies.h: refusals that all who work on a document of a placement share, and its title. Called by handlers. */
#ifndef SERVICES_TRACKING_DOCUMENTS_DOCUMENT_REPLIES_H
#define SERVICES_TRACKING_DOCUMENTS_DOCUMENT_REPLIES_H

#include "common/service/work.h"
#include "tracking/state.pb-c.h"

struct reply reply_no_document(struct work *work);

/* Unsealed with the person's key; "" where it does not open: *ret_err is why (ERR_NOT_FOUND: it is destroyed). */
char *document_title(const struct work *work, const Tracking__DocumentRow *row, int *ret_err);

#endif
