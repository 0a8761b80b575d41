/* kept_rows.h: the rows of all rooms that acts change, as messages, each with the function of its room that puts it
 * and the one that takes it away again: what a withdrawal sets back. Rows that are made of others (indexes, short
 * rows) move with these; what is added up (ledger, sums of orders) is moved by postings. */
#ifndef SERVICES_CONTRACTS_CORRECTIONS_KEPT_ROWS_H
#define SERVICES_CONTRACTS_CORRECTIONS_KEPT_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

struct kept_row {
        const size_t *table;
        const ProtobufCMessageDescriptor *type;
        void (*put)(struct txn *txn, struct arena *arena, const void *row);
        void (*remove)(struct txn *txn, struct arena *arena,
                       const void *row); /* NULL: no act that is withdrawn made it */
        /* What several acts say of one thing, each its own: the fields that say of which, apart by spaces. The row is
         * there while it says more than these. NULL: an act makes the row, others change it. */
        const char *about;
        const char *left_out; /* fields that are no state, or follow from other rows, apart by spaces; NULL: none */
};
extern const struct kept_row kept_rows[];
extern const size_t kept_rows_count;

/* Its place in the list, or kept_rows_count. */
size_t kept_row_of(size_t table);

#endif
