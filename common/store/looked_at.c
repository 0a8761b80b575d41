/* How many rows a transaction has looked at, and may (store.h: txn_look()). */
#include "common/store/store_inside.h"

void txn_look(struct txn *txn, uint32_t page, uint32_t most)
{
        txn->budget = budget_of(page, most);
}

void txn_look_short(struct txn *txn, bool are_short)
{
        txn->budget.are_short = are_short;
}

uint32_t txn_looked_at(struct txn *txn)
{
        return txn->budget.looked_at;
}

bool txn_page_is_spent(struct txn *txn)
{
        return txn->budget.looked_at >= txn->budget.page;
}

uint32_t txn_rows_left(struct txn *txn)
{
        const struct budget *budget = &txn->budget;
        return budget->most > budget->looked_at ? budget->most - budget->looked_at : 0;
}

bool txn_overspent(struct txn *txn)
{
        return txn->budget.overspent;
}
