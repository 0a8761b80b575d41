/* drafting_rows.h: the rows of the room. Drafts of a contract are found by `about` (ABOUT_DRAFT), oldest first.
 *
 * table        kind   key                   value
 * draft_items  STATE  contract id, u32 lot  DraftItems; lot 0: of all lots
 * draft        STATE  draft id              DraftRow */
#ifndef SERVICES_CONTRACTS_DRAFTING_DRAFTING_ROWS_H
#define SERVICES_CONTRACTS_DRAFTING_DRAFTING_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

#define DRAFTING_TABLES(TABLE)                                                                                         \
        TABLE(DRAFT_ITEMS, "draft_items", TABLE_STATE)                                                                 \
        TABLE(DRAFT, "draft", TABLE_STATE)
DRAFTING_TABLES(TABLE_NUMBER)

Contracts__DraftItems *draft_items_find(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot);
void draft_items_put(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot,
                     const Contracts__DraftItems *items);

Contracts__DraftRow *draft_find(struct txn *txn, struct arena *arena, struct id draft);
void draft_put(struct txn *txn, struct arena *arena, const Contracts__DraftRow *draft);

void draft_remove(struct txn *txn, const Contracts__DraftRow *draft); /* by a withdrawal (corrections/) */

/* The last one handed over of a lot's piece; NULL: none was. */
Contracts__DraftRow *draft_last(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot,
                                Contracts__DraftPiece piece);

#endif
