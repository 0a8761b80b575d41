#include "services/tracking/parts/sending.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/codec/types.h"
#include "common/service/documents.h"
#include "common/store/eventlog.h"
#include "services/tracking/parts/coming.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "tracking/events.pb-c.h"

void sending_fini(struct sending *sending)
{
        struct part_cursor cursor = sending->cursor;
        for (size_t i = 0; i < sending->take.n_keys; i++)
                sodium_memzero(sending->take.keys[i]->key.data, sending->take.keys[i]->key.len);
        arena_fini(&sending->arena);
        *sending = (struct sending){.cursor = cursor};
}

/* ---- the log of each, in the order in which it happened */

static int by_number(const void *a, const void *b)
{
        uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
        return (one > other) - (one < other);
}

struct numbers {
        uint64_t *at;
        size_t count;
};

static bool add_numbers(struct sending *sending, const struct part_scan *scan, Types__Id *const *ids, size_t count,
                        struct numbers *numbers)
{
        for (size_t i = 0; i < count; i++) {
                uint64_t *own;
                size_t own_count;
                if (!part_scan_of(scan, id_of(ids[i]), &sending->arena, &own, &own_count))
                        return false;
                for (size_t n = 0; n < own_count; n++) {
                        numbers->at = pb_append(numbers->at, &numbers->count, sizeof(*numbers->at), &sending->arena);
                        numbers->at[numbers->count - 1] = own[n];
                }
        }
        return true;
}

static bool add_records(struct sending *sending, const struct numbers *numbers, struct txn *txn)
{
        Tracking__PartRecords records = TRACKING__PART_RECORDS__INIT;
        for (size_t i = 0; i < numbers->count; i++) {
                struct log_entry entry;
                if (!log_get(txn, numbers->at[i], &entry))
                        return false;
                Tracking__PartRecord *record = pb_new(&tracking__part_record__descriptor, &sending->arena);
                record->record = pb_bytes(entry.record);
                record->sealed = pb_bytes(entry.sealed);
                records.records = pb_append(records.records, &records.n_records, sizeof(record), &sending->arena);
                records.records[records.n_records - 1] = record;
        }
        sending->bytes = pb_encode(&records, &sending->arena);
        sending->records = records.n_records;
        return true;
}

/* ---- keys and documents */

static bool add_key(struct sending *sending, struct vault *vault, struct id id)
{
        uint8_t *key = arena_alloc(&sending->arena, VAULT_KEY_SIZE);
        int err = vault_give_key(vault, id, key);
        if (err == ERR_NOT_FOUND) /* of before there were such keys, or sought by the operator */
                return true;
        Tracking__TakePart *take = &sending->take;
        Tracking__PartKey *one = pb_new(&tracking__part_key__descriptor, &sending->arena);
        one->id = id_to(&sending->arena, id);
        one->key = pb_bytes(slice_of(key, VAULT_KEY_SIZE));
        take->keys = pb_append(take->keys, &take->n_keys, sizeof(one), &sending->arena);
        take->keys[take->n_keys - 1] = one;
        return err == 0;
}

static void add_document(struct sending *sending, struct blob_address address)
{
        sending->documents = pb_append(sending->documents, &sending->document_count, sizeof(address), &sending->arena);
        sending->documents[sending->document_count - 1] = address;
        Tracking__TakePart *take = &sending->take;
        take->documents = pb_append(take->documents, &take->n_documents, sizeof(*take->documents), &sending->arena);
        take->documents[take->n_documents - 1] =
                pb_bytes(arena_copy_slice(&sending->arena, slice_of(address.b, sizeof(address.b))));
}

static void add_link(struct sending *sending, struct txn *txn, struct id id)
{
        struct id into = identity_main(txn, id);
        if (id_equal(into, id))
                return;
        Tracking__PartLink *link = pb_new(&tracking__part_link__descriptor, &sending->arena);
        link->id = id_to(&sending->arena, id);
        link->into = id_to(&sending->arena, into);
        Tracking__TakePart *take = &sending->take;
        take->links = pb_append(take->links, &take->n_links, sizeof(link), &sending->arena);
        take->links[take->n_links - 1] = link;
}

static bool add_person(struct sending *sending, struct txn *txn, struct vault *vault, struct id id)
{
        struct erased_things things;
        bool is_sound = add_key(sending, vault, id);
        erased_things_of(txn, id, &sending->arena, &things);
        for (size_t i = 0; is_sound && i < things.placement_count; i++)
                is_sound = add_key(sending, vault, things.placements[i]);
        for (size_t i = 0; i < things.document_count; i++)
                add_document(sending, tracking_blob_of(things.documents[i].row).address);
        add_link(sending, txn, id);
        return is_sound;
}

static Types__Id **ids_again(struct sending *sending, Types__Id *const *ids, size_t count)
{
        Types__Id **copies = arena_alloc(&sending->arena, (count + 1) * sizeof(*copies));
        for (size_t i = 0; i < count; i++)
                copies[i] = id_to(&sending->arena, id_of(ids[i]));
        return copies;
}

enum sending_made sending_make(struct sending *sending, const struct part_scan *scan, const Tracking__PartRow *row,
                               struct txn *txn, struct vault *vault)
{
        struct numbers numbers = {0};
        sending_fini(sending);
        tracking__take_part__init(&sending->take);
        if (!add_numbers(sending, scan, row->persons, row->n_persons, &numbers) ||
            !add_numbers(sending, scan, row->invoices, row->n_invoices, &numbers))
                return SENDING_SCAN_AGAIN;
        qsort(numbers.at, numbers.count, sizeof(*numbers.at), by_number);
        bool is_sound = add_records(sending, &numbers, txn);
        for (size_t i = 0; is_sound && i < row->n_persons; i++)
                is_sound = add_person(sending, txn, vault, id_of(row->persons[i]));
        if (!is_sound) {
                sending_fini(sending);
                return SENDING_FAILED;
        }
        uint8_t *hash = arena_alloc(&sending->arena, EVENT_HASH_SIZE);
        log_hash(sending->bytes, hash);
        sending->take.step = sending->step = row->step;
        sending->take.after = row->held_at;
        sending->take.size = sending->bytes.size;
        sending->take.hash = pb_bytes(slice_of(hash, EVENT_HASH_SIZE));
        sending->take.persons = ids_again(sending, row->persons, row->n_persons);
        sending->take.n_persons = row->n_persons;
        sending->take.invoices = ids_again(sending, row->invoices, row->n_invoices);
        sending->take.n_invoices = row->n_invoices;
        return SENDING_READY;
}

/* ---- sending */

static const ProtobufCMessage *piece_of_records(struct sending *sending, struct id part, struct arena *arena)
{
        Tracking__PutPartRecords *put = pb_new(&tracking__put_part_records__descriptor, arena);
        uint64_t left = sending->bytes.size - sending->sent;
        put->part_id = id_to(arena, part);
        put->step = sending->step;
        put->at = sending->sent;
        put->content = pb_bytes(slice_of(sending->bytes.data + sending->sent,
                                         left < PART_PIECE_BYTES ? (size_t)left : PART_PIECE_BYTES));
        return &put->base;
}

/* NULL: its file cannot be read. The first piece is empty: it may be there already. */
static const ProtobufCMessage *piece_of_document(struct sending *sending, struct id part, const struct blobs *blobs,
                                                 struct arena *arena)
{
        struct err_info info;
        struct slice file;
        struct blob_address *address = &sending->documents[sending->document];
        if (blob_load(blobs_directory(blobs), *address, arena, &file, &info) != 0)
                return NULL;
        Tracking__PutPartDocument *put = pb_new(&tracking__put_part_document__descriptor, arena);
        bool is_first = sending->document_size == 0;
        uint64_t at = is_first || sending->document_sent > file.size ? 0 : sending->document_sent;
        uint64_t left = file.size - at;
        sending->document_size = file.size;
        put->part_id = id_to(arena, part);
        put->address = pb_bytes(slice_of(address->b, sizeof(address->b)));
        put->size = file.size;
        put->at = at;
        if (!is_first)
                put->content =
                        pb_bytes(slice_of(file.data + at, left < PART_PIECE_BYTES ? (size_t)left : PART_PIECE_BYTES));
        return &put->base;
}

bool sending_next(struct sending *sending, struct id part, const struct blobs *blobs, struct arena *arena,
                  struct part_question *ret)
{
        if (sending->document < sending->document_count) {
                ret->method = "PutPartDocument";
                ret->request = piece_of_document(sending, part, blobs, arena);
                return true;
        }
        if (sending->sent < sending->bytes.size) {
                ret->method = "PutPartRecords";
                ret->request = piece_of_records(sending, part, arena);
                return true;
        }
        sending->take.part_id = id_to(arena, part);
        ret->method = "TakePart";
        ret->request = &sending->take.base;
        return false;
}

bool sending_took(struct sending *sending, const ProtobufCMessage *reply)
{
        if (reply->descriptor == &tracking__put_part_document_reply__descriptor) {
                uint64_t next = ((const Tracking__PutPartDocumentReply *)(const void *)reply)->next;
                sending->document_sent = next;
                if (next >= sending->document_size) {
                        sending->document++;
                        sending->document_sent = sending->document_size = 0;
                }
                return true;
        }
        uint64_t next = ((const Tracking__PutPartRecordsReply *)(const void *)reply)->next;
        if (next > sending->bytes.size)
                return false;
        sending->sent = next;
        return true;
}

/* ---- gone */

static void let_person_go(struct work *work, struct id id)
{
        struct erased_things things;
        erased_things_of(work->txn, id, work->arena, &things);
        for (size_t i = 0; i < things.document_count; i++)
                document_drop(work, tracking_blob_of(things.documents[i].row).address);
        for (size_t i = 0; i < things.sealed_count; i++)
                work_forget_sealed(work, things.sealed[i]);
        for (size_t i = 0; i < things.placement_count; i++)
                work_erase_key(work, things.placements[i]);
        work_erase_key(work, id);
}

void sending_record_gone(struct work *work, struct id part, const Tracking__PartRow *row, uint64_t records)
{
        Tracking__PartGone gone = TRACKING__PART_GONE__INIT;
        gone.part_id = id_to(work->arena, part);
        gone.step = row->step;
        gone.records = records;
        gone.persons = row->persons;
        gone.n_persons = row->n_persons;
        gone.invoices = row->invoices;
        gone.n_invoices = row->n_invoices;
        for (size_t i = 0; i < row->n_persons; i++)
                let_person_go(work, id_of(row->persons[i]));
        work_record(work, &gone.base);
}
