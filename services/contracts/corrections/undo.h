/* undo.h: what an act did to rows is written down as it is applied, and taken back from what the rows have become
 * since.
 *
 * table  kind   key                     value undo   STATE  u64 number of an event  UndoRows: of those that may be
 * withdrawn, until they are */
#ifndef SERVICES_CONTRACTS_CORRECTIONS_UNDO_H
#define SERVICES_CONTRACTS_CORRECTIONS_UNDO_H

#include "common/store/tables.h"
#include "services/contracts/corrections/kept_rows.h"

#define CORRECTIONS_TABLES(TABLE) TABLE(UNDO, "undo", TABLE_STATE)
CORRECTIONS_TABLES(TABLE_NUMBER)

/* ---- written down: between undo_begin() and undo_end() all that changes of kept rows is that event's doing */
struct undo_notes {
        struct txn *txn;
        struct arena *arena;
        Contracts__UndoRows rows;
};
void undo_begin(struct undo_notes *notes, struct txn *txn, struct arena *arena);
void undo_end(struct undo_notes *notes, uint64_t number);

/* ---- taken back */
struct undone_row {
        size_t kept; /* place in kept_rows */
        struct slice key;
        ProtobufCMessage *row; /* as it will be; NULL: it goes */
        bool is_new;           /* the act made it */
};
struct undo {
        struct undone_row *rows;
        size_t count;
        struct undone_row conflict; /* of what undo_plan() could not take back */
};
/* What takes back these events of one command, the last first; nothing is written. False: a later act changed again
 * what one of them had set, ret->conflict says in which row. */
bool undo_plan(struct txn *txn, struct arena *arena, const uint64_t *numbers, size_t count,
               struct undo *ret) ATTR_MUST_CHECK;
/* For apply() only. */
void undo_do(struct txn *txn, struct arena *arena, const struct undo *undo);
void undo_forget(struct txn *txn, uint64_t number);
/* Whether the event, which stands, changed that row. */
bool undo_touches(struct txn *txn, struct arena *arena, uint64_t number, const struct undone_row *row);

#endif
