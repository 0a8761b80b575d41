/* documents_rows.h: the documents of placements, and which blobs they name. Finds return what lives in the arena, NULL
 * where there is none; puts are for apply() only.
 *
 *   table                     key                          row
 *   document                  placement id, document id    DocumentRow (state.proto), the title sealed
 *   document_opened           document id, account id      i64 instant (UTC ms): who opened it last when
 *   blob                      see common/store/blob_names.h */
#ifndef SERVICES_TRACKING_DOCUMENTS_DOCUMENTS_ROWS_H
#define SERVICES_TRACKING_DOCUMENTS_DOCUMENTS_ROWS_H

#include "common/base/arena.h"
#include "common/store/blob_names.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/state.pb-c.h"

#define DOCUMENTS_TABLES(TABLE)                                                                                        \
        TABLE(DOCUMENT, "document", TABLE_STATE)                                                                       \
        TABLE(DOCUMENT_OPENED, "document_opened", TABLE_STATE)                                                         \
        TABLE(BLOB, "blob", TABLE_STATE)
DOCUMENTS_TABLES(TABLE_NUMBER)

enum { DOCUMENTS_MAX = 32 }; /* of a placement */

Tracking__DocumentRow *tracking_document(struct txn *txn, struct id placement, struct id document, struct arena *arena);
/* The blob is named with the row, and no more without it. */
struct placed_document {
        struct id placement, document;
        const Tracking__DocumentRow *row;
};
void tracking_put_document(struct txn *txn, const struct placed_document *document, struct arena *arena);
void tracking_drop_document(struct txn *txn, const struct placed_document *document);
struct blob tracking_blob_of(const Tracking__DocumentRow *row);

/* Ids of a placement's documents, ascending. `after` is the last id already seen. */
void documents_walk(struct txn *txn, struct id placement, struct slice after, struct walk *ret);
size_t documents_count(struct txn *txn, struct id placement);

void tracking_note_opened(struct txn *txn, struct id document, struct id account, int64_t at_ms);
bool tracking_opened_at(struct txn *txn, struct id document, struct id account, int64_t *ret_ms);

#endif
