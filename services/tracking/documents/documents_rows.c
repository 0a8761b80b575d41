#include "services/tracking/documents/documents_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/stored.h"

static struct key key_of_document(struct id placement, struct id document)
{
        struct key key = key_of_id(placement);
        key_id(&key, document);
        return key;
}

Tracking__DocumentRow *tracking_document(struct txn *txn, struct id placement, struct id document, struct arena *arena)
{
        struct key key = key_of_document(placement, document);
        return txn_get_message(txn, T_DOCUMENT, key_slice(&key), &tracking__document_row__descriptor, arena);
}

struct blob tracking_blob_of(const Tracking__DocumentRow *row)
{
        struct blob blob = {.owner = id_of(row->beneficiary_id), .size = row->size};
        require_stored(row->address.len == sizeof(blob.address.b));
        memcpy(blob.address.b, row->address.data, sizeof(blob.address.b));
        return blob;
}

void tracking_put_document(struct txn *txn, const struct placed_document *document, struct arena *arena)
{
        struct key key = key_of_document(document->placement, document->document);
        struct blob blob = tracking_blob_of(document->row);
        txn_put_message(txn, T_DOCUMENT, key_slice(&key), document->row, arena);
        blob_name(txn, T_BLOB, &blob, document->document);
}

/* Rows are not to be taken away while they are walked. */
static void forget_who_opened(struct txn *txn, struct id document)
{
        struct key key;
        bool more = true;
        while (more) {
                struct scan scan = scan_prefix(txn, T_DOCUMENT_OPENED, id_slice(&document));
                more = scan_next(&scan);
                key = key_empty();
                if (more)
                        key_bytes(&key, scan.key);
                scan_end(&scan);
                if (more)
                        txn_delete(txn, T_DOCUMENT_OPENED, key_slice(&key));
        }
}

void tracking_drop_document(struct txn *txn, const struct placed_document *document)
{
        struct key key = key_of_document(document->placement, document->document);
        struct blob blob = tracking_blob_of(document->row);
        txn_delete(txn, T_DOCUMENT, key_slice(&key));
        blob_unname(txn, T_BLOB, blob.address, document->document);
        forget_who_opened(txn, document->document);
}

void documents_walk(struct txn *txn, struct id placement, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_DOCUMENT, WALK_UP, CURSOR_ID}, key_of_id(placement), after, ret);
}

size_t documents_count(struct txn *txn, struct id placement)
{
        struct walk walk;
        size_t count = 0;
        documents_walk(txn, placement, slice_of(NULL, 0), &walk);
        while (walk_step(&walk))
                count++;
        walk_end(&walk);
        return count;
}

void tracking_note_opened(struct txn *txn, struct id document, struct id account, int64_t at_ms)
{
        struct key key = key_of_id(document), value = key_of_u64((uint64_t)at_ms);
        key_id(&key, account);
        txn_put(txn, T_DOCUMENT_OPENED, key_slice(&key), key_slice(&value));
}

bool tracking_opened_at(struct txn *txn, struct id document, struct id account, int64_t *ret_ms)
{
        struct key key = key_of_id(document);
        struct slice value;
        key_id(&key, account);
        if (!txn_get(txn, T_DOCUMENT_OPENED, key_slice(&key), &value))
                return false;
        *ret_ms = (int64_t)key_read_u64(value, 0);
        return true;
}
