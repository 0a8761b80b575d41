#include "services/contracts/drafting/drafting_rows.h"

static struct key items_key(struct id contract, uint32_t lot)
{
        struct key key = key_of_id(contract);
        key_u32(&key, lot);
        return key;
}

Contracts__DraftItems *draft_items_find(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot)
{
        struct key key = items_key(contract, lot);
        return contracts_row_find_key(txn, T_DRAFT_ITEMS, &key, &contracts__draft_items__descriptor, arena);
}

void draft_items_put(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot,
                     const Contracts__DraftItems *items)
{
        struct key key = items_key(contract, lot);
        contracts_row_put_key(txn, T_DRAFT_ITEMS, &key, items, arena);
}

Contracts__DraftRow *draft_find(struct txn *txn, struct arena *arena, struct id draft)
{
        return contracts_row_find(txn, T_DRAFT, draft, &contracts__draft_row__descriptor, arena);
}

void draft_put(struct txn *txn, struct arena *arena, const Contracts__DraftRow *draft)
{
        struct id id = id_of(draft->kept->draft_id);
        contracts_row_put(txn, T_DRAFT, id, draft, arena);
        contracts_about_put(txn, id_of(draft->kept->contract_id), ABOUT_DRAFT, id);
}

void draft_remove(struct txn *txn, const Contracts__DraftRow *draft)
{
        struct id id = id_of(draft->kept->draft_id);
        contracts_row_remove(txn, T_DRAFT, id);
        contracts_about_remove(txn, id_of(draft->kept->contract_id), ABOUT_DRAFT, id);
}

Contracts__DraftRow *draft_last(struct txn *txn, struct arena *arena, struct id contract, uint32_t lot,
                                Contracts__DraftPiece piece)
{
        Contracts__DraftRow *last = NULL;
        struct walk walk;
        struct id id;

        contracts_about_walk(txn, contract, ABOUT_DRAFT, &walk);
        while (walk_next(&walk, &id)) {
                Contracts__DraftRow *row = draft_find(txn, arena, id);
                if (row != NULL && row->kept->lot == lot && row->kept->piece == piece)
                        last = row;
        }
        walk_end(&walk);
        return last;
}
