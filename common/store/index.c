#include "common/store/index.h"

struct index_rows {
        struct txn *txn;
        bool are_put; /* no: they are of the record as it was */
};

void index_row(struct index_rows *rows, size_t table, struct key key, struct slice value)
{
        if (rows->are_put)
                txn_put(rows->txn, table, key_slice(&key), value);
        else
                txn_delete(rows->txn, table, key_slice(&key));
}

void index_id(struct index_rows *rows, size_t table, struct key key, struct id id)
{
        key_id(&key, id);
        index_row(rows, table, key, slice_of("", 0));
}

bool index_wants_values(const struct index_rows *rows)
{
        return rows->are_put;
}

void index_move(struct txn *txn, void (*rows_of)(const void *record, struct index_rows *rows), const void *before,
                const void *now)
{
        if (before != NULL)
                rows_of(before, &(struct index_rows){txn, false});
        if (now != NULL)
                rows_of(now, &(struct index_rows){txn, true});
}
