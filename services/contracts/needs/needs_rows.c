#include "services/contracts/needs/needs_rows.h"

#include "common/store/index.h"

Contracts__NeedRow *needs_find(struct txn *txn, struct arena *arena, struct id need)
{
        return contracts_row_find(txn, T_NEED, need, &contracts__need_row__descriptor, arena);
}

static void rows_of_need(const void *record, struct index_rows *rows)
{
        const Contracts__NeedRow *row = record;
        struct id id = id_of(row->need->need_id);
        index_id(rows, T_NEED_BY_TERRITORY, key_of_text(row->need->territory), id);
        if (row->state == CONTRACTS__NEED_STATE__NEED_OPEN)
                index_id(rows, T_NEED_OPEN, key_of_text(row->need->territory), id);
}

void needs_put(struct txn *txn, struct arena *arena, const Contracts__NeedRow *row)
{
        struct id id = id_of(row->need->need_id);
        const Contracts__NeedRow *old = needs_find(txn, arena, id);
        contracts_row_put(txn, T_NEED, id, row, arena);
        index_move(txn, rows_of_need, old, row);
        contracts_about_put(txn, id_of(row->need->contract_id), ABOUT_NEED, id);
}

static struct key of_territory(const char *territory)
{
        return *territory == '\0' ? key_empty() : key_of_text(territory);
}

void needs_walk(struct txn *txn, const char *territory, struct slice before, struct walk *ret)
{
        struct key prefix = of_territory(territory);
        walk_down(txn, *territory == '\0' ? T_NEED : T_NEED_BY_TERRITORY, prefix, before, ret);
}

void needs_walk_of_contract(struct txn *txn, struct id contract, struct slice before, struct walk *ret)
{
        contracts_about_walk_backwards(txn, contract, ABOUT_NEED, before, ret);
}

void needs_walk_open(struct txn *txn, const char *territory, struct walk *ret)
{
        struct key prefix = of_territory(territory);
        walk_down(txn, T_NEED_OPEN, prefix, slice_of(NULL, 0), ret);
}
