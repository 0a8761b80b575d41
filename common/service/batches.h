/* batches.h: what is kept of the lists that were taken (intake.h), in four tables of the daemon that takes them
 * (TABLE_STATE). Only apply() calls the functions that change them, from types.BatchImported and types.BatchUndone,
 * which every such daemon has among its events.
 *
 *   batch    batch id                       ImportBatch: who, when, from which file, how many rows of each outcome
 *   row      batch id, number u32           BatchRow: the thing that a row of the file made, and what stood before
 *   sender   list text, sender text         ListSender: which column is which field in this sender's lists
 *   file     list text, sender text, hash   batch id: the last that took this file (32 bytes)
 *
 * A batch is of one list ("hours") and one sender: the id of an organisation, or a SIRET, as text. What is found lives
 * in the arena; NULL: there is none. */
#ifndef COMMON_SERVICE_BATCHES_H
#define COMMON_SERVICE_BATCHES_H

#include "common/service/rights.h"
#include "common/service/work.h"
#include "common/store/walk.h"

enum { BATCH_HASH_SIZE = 32 };

/* The numbers of the four tables. */
struct batch_tables {
        size_t batch, row, sender, file;
};

Types__ImportBatch *batch_find(struct txn *txn, const struct batch_tables *tables, struct id id, struct arena *arena);
Types__BatchRow *batch_row(struct txn *txn, const struct batch_tables *tables, struct id id, uint32_t number,
                           struct arena *arena);
/* The batch that took this file last, undone or not; NULL also where the hash is none. */
struct batch_file {
        const char *list, *sender;
        struct slice hash;
};
Types__ImportBatch *batch_of_file(struct txn *txn, const struct batch_tables *tables, const struct batch_file *file,
                                  struct arena *arena);
const Types__ListSender *batch_sender(struct txn *txn, const struct batch_tables *tables, const char *list,
                                      const char *sender, struct arena *arena);

/* Newest first; a cursor is the id of a batch. */
void batches_walk(struct txn *txn, const struct batch_tables *tables, struct slice before, struct walk *ret);

/* A page of them: those that are the actor's to read, by `standing`. The reply has a list of ImportBatch. */
struct batches_shown {
        const struct batch_tables *tables;
        const Types__Page *page;
        enum standing (*standing)(const struct work *work, const Types__ImportBatch *batch);
};
struct reply batches_reply(struct work *work, const struct batches_shown *shown, ProtobufCMessage *reply);

/* What is told by the event of that number, which a row names: the daemon's Event, of `type`. *ret_sealed (NULL: not
 * asked for): the part beside it that stays. */
const void *batch_told(const struct work *work, uint64_t number, const ProtobufCMessageDescriptor *type,
                       struct slice *ret_sealed);

void batch_apply_imported(const struct change *change, const struct batch_tables *tables,
                          const Types__BatchImported *body);
/* Which column is which field in the lists of a sender. */
struct batch_mapping {
        const char *list, *sender;
        Types__ListColumn **columns;
        size_t count;
};
void batch_remember(const struct change *change, const struct batch_tables *tables,
                    const struct batch_mapping *mapping);
void batch_apply_undone(const struct change *change, const struct batch_tables *tables, const Types__BatchUndone *body);

/* ---- taking a batch back */

/* Of one kind of list. */
struct batch_undo {
        struct batch_tables tables;
        const char *list; /* what the batch must be a list of */
        const Types__Id *batch_id;
        const char *reason;
        /* Records what takes the row back: NULL. Or why it stays, in French. */
        const char *(*take_back)(struct work *work, const Types__BatchRow *row, const Types__Id *batch_id);
};

/* Takes back the rows from the last on, at most BATCH_UNDO_ROWS of them, and records that. Whose the batch is was asked
 * before (rights.h). False with *ret_refusal: it is no such batch, or undone. */
enum { BATCH_UNDO_ROWS = 500 };
bool batch_take_back(struct work *work, const struct batch_undo *undo, Types__UndoReport **ret,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
