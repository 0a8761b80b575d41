#include "common/store/budget.h"

#include "common/base/limits.h"
#include "common/store/store.h"

enum { QUARTERS = 4 };

struct budget budget_of(uint32_t page, uint32_t most)
{
        return (struct budget){.page = page, .most = most};
}

void budget_take(struct budget *budget, size_t row_bytes)
{
        budget->quarters += budget->are_short ? 1 + (uint32_t)(row_bytes * QUARTERS / LIMIT_ROW_BYTES)
                                              : QUARTERS * (1 + (uint32_t)(row_bytes / LIMIT_ROW_BYTES));
        budget->looked_at += budget->quarters / QUARTERS;
        budget->quarters %= QUARTERS;
}

bool budget_allows(struct budget *budget)
{
        if (budget->looked_at < budget->most)
                return true;
        budget->overspent = true;
        return false;
}

void txn_look(struct txn *txn, uint32_t page, uint32_t most)
{
        *txn_budget(txn) = budget_of(page, most);
}

void txn_look_short(struct txn *txn, bool are_short)
{
        txn_budget(txn)->are_short = are_short;
}

uint32_t txn_looked_at(struct txn *txn)
{
        return txn_budget(txn)->looked_at;
}

bool txn_page_is_spent(struct txn *txn)
{
        return txn_budget(txn)->looked_at >= txn_budget(txn)->page;
}

uint32_t txn_rows_left(struct txn *txn)
{
        const struct budget *budget = txn_budget(txn);
        return budget->most > budget->looked_at ? budget->most - budget->looked_at : 0;
}

bool txn_overspent(struct txn *txn)
{
        return txn_budget(txn)->overspent;
}
