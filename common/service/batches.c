#include "common/service/batches.h"

#include <string.h>

#include "common/base/require.h"
#include "common/service/page.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"

/* ---- rows */

static struct key key_of_row(struct id batch, uint32_t number)
{
        struct key key = key_of_id(batch);
        key_u32(&key, number);
        return key;
}

static struct key key_of_sender(const char *list, const char *sender)
{
        struct key key = key_of_text(list);
        key_text(&key, sender);
        return key;
}

static struct key key_of_file(const char *list, const char *sender, struct slice hash)
{
        struct key key = key_of_sender(list, sender);
        key_bytes(&key, hash);
        return key;
}

Types__ImportBatch *batch_find(struct txn *txn, const struct batch_tables *tables, struct id id, struct arena *arena)
{
        return txn_get_message(txn, tables->batch, id_slice(&id), &types__import_batch__descriptor, arena);
}

Types__BatchRow *batch_row(struct txn *txn, const struct batch_tables *tables, struct id id, uint32_t number,
                           struct arena *arena)
{
        struct key key = key_of_row(id, number);
        return txn_get_message(txn, tables->row, key_slice(&key), &types__batch_row__descriptor, arena);
}

Types__ImportBatch *batch_of_file(struct txn *txn, const struct batch_tables *tables, const struct batch_file *file,
                                  struct arena *arena)
{
        struct slice value;
        if (file->hash.size != BATCH_HASH_SIZE)
                return NULL;
        struct key key = key_of_file(file->list, file->sender, file->hash);
        return txn_get(txn, tables->file, key_slice(&key), &value)
                       ? batch_find(txn, tables, key_read_id(value, 0), arena)
                       : NULL;
}

const Types__ListSender *batch_sender(struct txn *txn, const struct batch_tables *tables, const char *list,
                                      const char *sender, struct arena *arena)
{
        struct key key = key_of_sender(list, sender);
        return txn_get_message(txn, tables->sender, key_slice(&key), &types__list_sender__descriptor, arena);
}

void batches_walk(struct txn *txn, const struct batch_tables *tables, struct slice before, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){tables->batch, WALK_DOWN, CURSOR_ID}, key_empty(), before, ret);
}

struct reply batches_reply(struct work *work, const struct batches_shown *shown, ProtobufCMessage *reply)
{
        struct page page = page_begin(work, shown->page, reply);
        struct walk walk;
        struct id id;

        batches_walk(work->txn, shown->tables, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Types__ImportBatch *batch = walk_message(&walk, &types__import_batch__descriptor, work->arena);
                if (shown->standing(work, batch) != STANDING_UNKNOWN) /* Security: line by line */
                        page_add(&page, batch);
        }
        return page_reply(&page);
}

const void *batch_told(const struct work *work, uint64_t number, const ProtobufCMessageDescriptor *type,
                       struct slice *ret_sealed)
{
        struct log_entry entry;
        require_stored(log_get(work->txn, number, &entry)); /* a row says so */
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, work->arena);
        require_stored(record != NULL);
        const void *event = pb_decode(type, pb_slice(record->body), work->arena);
        require_stored(event != NULL);
        if (ret_sealed != NULL)
                *ret_sealed = entry.sealed;
        return event;
}

/* ---- from events */

static const Types__BatchWords *words_of(const struct change *change)
{
        const Types__BatchWords *words =
                pb_decode(&types__batch_words__descriptor, change->event->sealed, change->arena);
        require_stored(words != NULL);
        return words;
}

/* The batch as it is, or as its first part begins it. */
static Types__ImportBatch *begun(const struct change *change, const struct batch_tables *tables,
                                 const Types__BatchImported *body)
{
        Types__ImportBatch *batch = batch_find(change->txn, tables, id_of(body->batch_id), change->arena);
        if (batch != NULL)
                return batch;
        batch = pb_new(&types__import_batch__descriptor, change->arena);
        batch->batch_id = body->batch_id;
        batch->list = body->list;
        batch->sender = body->sender;
        batch->territory = body->territory;
        batch->file_name = words_of(change)->file_name;
        batch->file_hash = body->file_hash;
        batch->at = instant_to(change->arena, change->event->at_ms);
        batch->user = arena_text(change->arena, change->event->user);
        if (!id_is_zero(change->event->account))
                batch->account = id_to(change->arena, change->event->account);
        return batch;
}

void batch_remember(const struct change *change, const struct batch_tables *tables, const struct batch_mapping *mapping)
{
        Types__ListSender sender = TYPES__LIST_SENDER__INIT;
        struct key key = key_of_sender(mapping->list, mapping->sender);
        sender.mapping = mapping->columns;
        sender.n_mapping = mapping->count;
        txn_put_message(change->txn, tables->sender, key_slice(&key), &sender, change->arena);
}

void batch_apply_imported(const struct change *change, const struct batch_tables *tables,
                          const Types__BatchImported *body)
{
        struct id id = id_of(body->batch_id);
        Types__ImportBatch *batch = begun(change, tables, body);
        const struct batch_mapping mapping = {body->list, body->sender, body->mapping, body->n_mapping};
        struct key key;

        batch->created += body->created;
        batch->updated += body->updated;
        batch->unchanged += body->unchanged;
        batch->doubtful += body->doubtful;
        batch->rejected += body->rejected;
        batch->is_whole = batch->is_whole || body->is_last;
        txn_put_message(change->txn, tables->batch, id_slice(&id), batch, change->arena);
        batch_remember(change, tables, &mapping);
        if (body->file_hash.len == BATCH_HASH_SIZE) {
                key = key_of_file(body->list, body->sender, pb_slice(body->file_hash));
                txn_put(change->txn, tables->file, key_slice(&key), id_slice(&id));
        }
        for (size_t i = 0; i < body->n_rows; i++) {
                key = key_of_row(id, body->rows[i]->number);
                txn_put_message(change->txn, tables->row, key_slice(&key), body->rows[i], change->arena);
        }
}

void batch_apply_undone(const struct change *change, const struct batch_tables *tables, const Types__BatchUndone *body)
{
        struct id id = id_of(body->batch_id);
        Types__ImportBatch *batch = batch_find(change->txn, tables, id, change->arena);
        if (batch == NULL)
                return; /* the transaction has failed; its commit will tell */
        batch->taken_back += body->taken_back;
        batch->kept += body->kept;
        batch->undone_at = instant_to(change->arena, change->event->at_ms);
        batch->undone_by = arena_text(change->arena, change->event->user);
        batch->undone_because = words_of(change)->reason;
        batch->undone_below = body->below;
        txn_put_message(change->txn, tables->batch, id_slice(&id), batch, change->arena);
}

/* ---- taking a batch back */

struct rows_found {
        Types__BatchRow *at[BATCH_UNDO_ROWS];
        size_t count;
        bool goes_on;
};

/* Rows are recorded upon, so they are gathered first. `below`: 0, all of them. */
static void gather(struct work *work, const struct batch_tables *tables, struct id id, uint32_t below,
                   struct rows_found *ret)
{
        struct key from = below == 0 ? key_empty() : key_of_row(id, below);
        struct walk walk;
        ret->count = 0;
        walk_down(work->txn, tables->row, key_of_id(id), below == 0 ? slice_of(NULL, 0) : key_slice(&from), &walk);
        while ((ret->goes_on = walk_step(&walk)) && ret->count < BATCH_UNDO_ROWS)
                ret->at[ret->count++] = walk_message(&walk, &types__batch_row__descriptor, work->arena);
        walk_end(&walk);
}

static void keep_row(struct work *work, Types__UndoReport *report, const Types__BatchRow *row, const char *why)
{
        Types__KeptRow *kept = pb_new(&types__kept_row__descriptor, work->arena);
        kept->number = row->number;
        kept->id = row->id;
        kept->why = arena_text(work->arena, why);
        report->rows = pb_append(report->rows, &report->n_rows, sizeof(*report->rows), work->arena);
        report->rows[report->n_rows - 1] = kept;
        report->kept++;
}

static void record_undone(struct work *work, const struct batch_undo *undo, const Types__UndoReport *report,
                          uint32_t below)
{
        Types__BatchUndone body = TYPES__BATCH_UNDONE__INIT;
        Types__BatchWords words = TYPES__BATCH_WORDS__INIT;
        body.batch_id = (Types__Id *)(uintptr_t)undo->batch_id;
        body.taken_back = report->taken_back;
        body.kept = report->kept;
        body.below = below;
        words.reason = arena_text(work->arena, undo->reason);
        work_record_sealed(work, &body.base, pb_encode(&words, work->arena));
}

static bool may_take_back(const struct batch_undo *undo, const Types__ImportBatch *batch, struct refusal *ret_refusal)
{
        if (batch == NULL || strcmp(batch->list, undo->list) != 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "batch_id",
                              "Cet import n'est pas connu ici : vérifiez son identifiant.");
        if (batch->undone_at != NULL && batch->undone_below == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "batch_id",
                              "Cet import est déjà annulé, par %s : il n'y a plus rien à reprendre.", batch->undone_by);
        return true;
}

bool batch_take_back(struct work *work, const struct batch_undo *undo, Types__UndoReport **ret,
                     struct refusal *ret_refusal)
{
        struct id id = id_of(undo->batch_id);
        const Types__ImportBatch *batch = batch_find(work->txn, &undo->tables, id, work->arena);
        if (!may_take_back(undo, batch, ret_refusal))
                return false;
        struct rows_found *rows = arena_alloc(work->arena, sizeof(*rows));
        Types__UndoReport *report = pb_new(&types__undo_report__descriptor, work->arena);
        gather(work, &undo->tables, id, batch->undone_below, rows);
        for (size_t i = 0; i < rows->count; i++) {
                const char *why = undo->take_back(work, rows->at[i], undo->batch_id);
                if (why == NULL)
                        report->taken_back++;
                else
                        keep_row(work, report, rows->at[i], why);
        }
        report->goes_on = rows->goes_on;
        record_undone(work, undo, report, rows->goes_on ? rows->at[rows->count - 1]->number : 0);
        *ret = report;
        return true;
}
