#include "common/store/budget.h"

#include "common/base/limits.h"

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
