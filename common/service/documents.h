/* documents.h: what every service that takes documents asks of store/blobs.h, with the refusals that go with it: begin
 * an upload, put its pieces one request at a time, finish it within the command that names it, read a piece. The trade
 * says whose key seals it, who may, and where the document belongs; the fields are called the same everywhere
 * (`size`, `media_type`, `upload_id`, `index`, `content`). Nothing of an upload is an event until it is finished.
 *
 * Each returns false with *ret, a French text that names the remedy. */
#ifndef COMMON_SERVICE_DOCUMENTS_H
#define COMMON_SERVICE_DOCUMENTS_H

#include "common/service/work.h"
#include "common/store/blobs.h"

struct document_wish {
        struct id owner; /* whose key: it must be there */
        uint64_t size;   /* 1 … LIMIT_BLOB_BYTES, as the field rules say */
        Types__MediaType media_type;
        uint64_t store_bytes_max; /* of all documents that the store names */
};

/* *ret_number: the upload's, and what the document is to be called. The same command again (by its key) gives the same,
 * and ret_state->next says where to go on. */
bool document_begin(struct work *work, const struct document_wish *wish, struct id *ret_number,
                    struct upload_state *ret_state, struct refusal *ret) ATTR_MUST_CHECK;

/* *ret_next: the piece that is wanted now; as many as there are pieces: none. The first must begin as the media type
 * says. */
struct document_piece {
        struct id number;
        uint32_t index;
        struct slice content;
};
bool document_put(struct work *work, const struct document_piece *piece, uint32_t *ret_next,
                  struct refusal *ret) ATTR_MUST_CHECK;

/* One that was begun will not be finished. False only where the disk does not let it go, or it was not the account's. */
bool document_forget(struct work *work, struct id number, struct refusal *ret) ATTR_MUST_CHECK;

/* Before the event that names it is recorded. It must have been begun for this owner. */
struct document {
        struct blob blob;
        Types__MediaType media_type;
};
bool document_finish(struct work *work, struct id number, struct id owner, struct document *ret_document,
                     struct refusal *ret) ATTR_MUST_CHECK;

/* For queries too. */
bool document_read(const struct work *work, const struct blob *blob, uint32_t index, struct slice *ret_content,
                   struct refusal *ret) ATTR_MUST_CHECK;

/* The committed table will name it no more: it is collected after the commit. */
void document_drop(struct work *work, struct blob_address address);

#endif
