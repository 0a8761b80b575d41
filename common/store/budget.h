/* budget.h: how many rows a query may look at. Kept in its transaction, which counts every row that it gives (store.h:
 * txn_look()). Pure. */
#ifndef COMMON_STORE_BUDGET_H
#define COMMON_STORE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct budget {
        uint32_t looked_at;  /* rows */
        uint32_t quarters;   /* of a row, since the last whole one */
        uint32_t page, most; /* how many may be: for a page, and in all */
        bool are_short;
        bool overspent;
};

struct budget budget_of(uint32_t page, uint32_t most);
void budget_take(struct budget *budget, size_t row_bytes);
bool budget_allows(struct budget *budget); /* one more step of a walk; no: it is overspent */

#endif
