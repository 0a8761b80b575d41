/* What another tracking process asks of this one while a part moves here: OpenPart, then for each step PutPartRecords
 * and PutPartDocument until it is all here, and TakePart, from whose commit on the persons of the step are here and
 * nowhere else; in the end ClosePart, after which nothing of the part is taken any more. Each may be asked again.
 * Caller: the tracking process that made the part's id, by its own signature. Emits PartOpened, PartTaken behind the
 * relayed events, PartClosed; and what follows from what is known here (settle()). */
#include <sodium.h>
#include <string.h>

#include "common/codec/types.h"
#include "common/service/engine.h"
#include "common/store/blobs.h"
#include "common/store/eventlog.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/parts/beginning.h"
#include "services/tracking/parts/coming.h"
#include "services/tracking/persons/keying.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/proposals/proposals.h"
#include "services/tracking/reactions/reactions.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

#define NOT_FOUND TYPES__REFUSAL_CODE__NOT_FOUND

/* The row of a part that comes here and still may. */
static const Tracking__PartRow *coming_row(const struct work *work, const Types__Id *part_id, struct refusal *ret)
{
        if (!part_sender_asks(work, part_id, ret))
                return NULL;
        const Tracking__PartRow *row = homes_part(work->txn, id_of(part_id), work->arena);
        if (row == NULL || row->state != TRACKING__PART_STATE__PART_COMING) {
                (void)refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "part_id",
                             "Ce déplacement n'est pas attendu ici, ou y est fini.");
                return NULL;
        }
        return row;
}

struct reply handle_open_part(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OpenPart *command = (const Tracking__OpenPart *)message;
        Tracking__PartOpened opened = TRACKING__PART_OPENED__INIT;
        struct refusal refusal;
        if (!part_sender_asks(work, command->part_id, &refusal))
                return reply_refusal(work, &refusal);
        opened.part_id = command->part_id;
        opened.choice = command->choice;
        opened.from_partition = id_partition(id_of(command->part_id));
        if (homes_part(work->txn, id_of(command->part_id), work->arena) == NULL)
                work_record(work, &opened.base);
        return reply_ok(work, pb_new(&tracking__open_part_reply__descriptor, work->arena));
}

struct reply handle_put_part_records(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PutPartRecords *command = (const Tracking__PutPartRecords *)message;
        Tracking__PutPartRecordsReply *reply = pb_new(&tracking__put_part_records_reply__descriptor, work->arena);
        const struct part_piece piece = {id_of(command->part_id), command->step, command->at,
                                         pb_slice(command->content)};
        struct refusal refusal;
        if (coming_row(work, command->part_id, &refusal) == NULL)
                return reply_refusal(work, &refusal);
        if (!parts_coming_put(tracking_of(work)->parts_coming, &piece, &reply->next))
                return reply_refuse(work, TYPES__REFUSAL_CODE__TOO_LARGE, "content",
                                    "Ce que ces personnes ont de passé dépasse %d Mio : prévenez les développeurs.",
                                    PART_STEP_BYTES_MAX / 1024 / 1024);
        return reply_ok(work, reply);
}

static bool address_of(ProtobufCBinaryData bytes, struct blob_address *ret)
{
        if (bytes.len != sizeof(ret->b))
                return false;
        memcpy(ret->b, bytes.data, sizeof(ret->b));
        return true;
}

struct reply handle_put_part_document(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PutPartDocument *command = (const Tracking__PutPartDocument *)message;
        Tracking__PutPartDocumentReply *reply = pb_new(&tracking__put_part_document_reply__descriptor, work->arena);
        struct blob_bytes bytes = {.size = command->size, .at = command->at, .bytes = pb_slice(command->content)};
        struct refusal refusal;
        if (coming_row(work, command->part_id, &refusal) == NULL)
                return reply_refusal(work, &refusal);
        if (!address_of(command->address, &bytes.address))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "address",
                                    "Une adresse de document compte %zu octets.", sizeof(bytes.address.b));
        int err = blob_take(engine_blobs(work->engine), &bytes, &reply->next);
        if (err != 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__UNAVAILABLE, "content",
                                    "Le document n'a pas pu être écrit ici (%s) : il est demandé de nouveau.",
                                    err_name(err));
        return reply_ok(work, reply);
}

/* ---- taking a step */

static bool documents_are_here(const struct work *work, const Tracking__TakePart *command, struct refusal *ret)
{
        struct blob_address address;
        for (size_t i = 0; i < command->n_documents; i++)
                if (!address_of(command->documents[i], &address) || !blob_is_there(engine_blobs(work->engine), address))
                        return refuse(ret, NOT_FOUND, "documents", "Un document de cette étape n'est pas arrivé.");
        return true;
}

/* NULL: not all of it is here, or it is not what was sent. */
static const Tracking__PartRecords *records_of(const struct work *work, const Tracking__TakePart *command,
                                               struct refusal *ret)
{
        uint8_t hash[EVENT_HASH_SIZE];
        struct slice bytes = parts_coming_of(tracking_of(work)->parts_coming, id_of(command->part_id), command->step);
        log_hash(bytes, hash);
        const Tracking__PartRecords *records =
                bytes.size != command->size || !slice_equal(slice_of(hash, sizeof(hash)), pb_slice(command->hash))
                        ? NULL
                        : pb_decode(&tracking__part_records__descriptor, bytes, work->arena);
        if (records != NULL)
                return records;
        parts_coming_drop(tracking_of(work)->parts_coming, id_of(command->part_id));
        (void)refuse(ret, NOT_FOUND, "records", "Le passé de ces personnes n'est pas arrivé en entier.");
        return NULL;
}

static bool keys_are_keys(const Tracking__TakePart *command)
{
        for (size_t i = 0; i < command->n_keys; i++)
                if (command->keys[i]->key.len != VAULT_KEY_SIZE || command->keys[i]->id == NULL)
                        return false;
        return true;
}

static bool can_be_read(const struct work *work, const Tracking__PartRecords *records)
{
        for (size_t i = 0; i < records->n_records; i++) {
                struct event event;
                if (!event_of_entry(&tracking__event__descriptor, "", pb_slice(records->records[i]->record),
                                    slice_of(NULL, 0), work->arena, &event) ||
                    !event_is_known(event.body))
                        return false;
        }
        return true;
}

/* What this partition knows and the other did not, or could not say while they were held. */
static void settle(struct work *work, const Tracking__TakePart *command)
{
        for (size_t i = 0; i < command->n_persons; i++) {
                struct id person = id_of(command->persons[i]);
                struct erased_things things;
                erased_things_of(work->txn, person, work->arena, &things);
                for (size_t n = 0; n < things.placement_count; n++)
                        reclassify_settle(work, things.placements[n]);
                proposals_settle(work, person);
                identity_pair_here(work, person);
        }
}

static void take_step(struct work *work, const Tracking__TakePart *command, const Tracking__PartRecords *records)
{
        Tracking__PartTaken taken = TRACKING__PART_TAKEN__INIT;
        uint32_t from = id_partition(id_of(command->part_id));
        for (size_t i = 0; i < command->n_keys; i++)
                work_take_key(work, id_of(command->keys[i]->id), command->keys[i]->key.data);
        for (size_t i = 0; i < records->n_records; i++)
                (void)work_relay(work, from, pb_slice(records->records[i]->record),
                                 pb_slice(records->records[i]->sealed));
        taken.part_id = command->part_id;
        taken.step = command->step;
        taken.persons = command->persons;
        taken.n_persons = command->n_persons;
        taken.invoices = command->invoices;
        taken.n_invoices = command->n_invoices;
        taken.links = command->links;
        taken.n_links = command->n_links;
        taken.records = records->n_records;
        work_record_after(work, &taken.base, work->actor->signer, command->after);
        settle(work, command);
}

struct reply handle_take_part(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__TakePart *command = (const Tracking__TakePart *)message;
        struct refusal refusal;
        if (!part_sender_asks(work, command->part_id, &refusal))
                return reply_refusal(work, &refusal);
        const Tracking__PartRow *row = homes_part(work->txn, id_of(command->part_id), work->arena);
        if (row != NULL && row->step >= command->step) /* it was taken, and the answer was lost */
                return reply_ok(work, pb_new(&tracking__take_part_reply__descriptor, work->arena));
        row = coming_row(work, command->part_id, &refusal);
        const Tracking__PartRecords *records = NULL;
        if (row != NULL && documents_are_here(work, command, &refusal))
                records = records_of(work, command, &refusal);
        if (records == NULL)
                return reply_refusal(work, &refusal);
        if (!keys_are_keys(command) || !can_be_read(work, records))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "records",
                                    "Ce que l'autre service envoie ne se lit pas ici : mettez les deux à la même "
                                    "version.");
        take_step(work, command, records);
        return reply_ok(work, pb_new(&tracking__take_part_reply__descriptor, work->arena));
}

struct reply handle_close_part(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ClosePart *command = (const Tracking__ClosePart *)message;
        Tracking__ClosePartReply *reply = pb_new(&tracking__close_part_reply__descriptor, work->arena);
        Tracking__PartClosed closed = TRACKING__PART_CLOSED__INIT;
        struct refusal refusal;
        if (!part_sender_asks(work, command->part_id, &refusal))
                return reply_refusal(work, &refusal);
        const Tracking__PartRow *row = homes_part(work->txn, id_of(command->part_id), work->arena);
        closed.part_id = command->part_id;
        reply->last_step = row == NULL ? 0 : row->step;
        if (row == NULL || row->state == TRACKING__PART_STATE__PART_COMING)
                work_record(work, &closed.base);
        parts_coming_drop(tracking_of(work)->parts_coming, id_of(command->part_id));
        return reply_ok(work, reply);
}
