#include "common/store/index.h"

/* Rows that were, and may stay: an update of a record leaves most of them, and pages that nobody writes are not
 * written. Beyond so many they go at once, and come back where they are still of the record. */
enum { KEPT_MAX = 8 };

struct index_rows {
        struct txn *txn;
        bool are_put; /* no: they are of the record as it was */
        size_t count;
        struct {
                size_t table;
                struct key key;
                bool stays;
        } was[KEPT_MAX];
};

static void note(struct index_rows *rows, size_t table, const struct key *key)
{
        if (rows->count == KEPT_MAX) {
                txn_delete(rows->txn, table, key_slice(key));
                return;
        }
        rows->was[rows->count].table = table;
        rows->was[rows->count].key = *key;
        rows->was[rows->count++].stays = false;
}

static bool stays(struct index_rows *rows, size_t table, const struct key *key)
{
        bool found = false;
        for (size_t i = 0; i < rows->count; i++)
                if (rows->was[i].table == table && slice_equal(key_slice(&rows->was[i].key), key_slice(key)))
                        found = rows->was[i].stays = true; /* each: a record may name a row twice */
        return found;
}

void index_row(struct index_rows *rows, size_t table, struct key key, struct slice value)
{
        if (!rows->are_put)
                note(rows, table, &key);
        else if (!stays(rows, table, &key) || value.size > 0)
                txn_put(rows->txn, table, key_slice(&key), value);
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
        struct index_rows rows;
        rows.txn = txn;
        rows.count = 0;
        rows.are_put = false;
        if (before != NULL)
                rows_of(before, &rows);
        rows.are_put = true;
        if (now != NULL)
                rows_of(now, &rows);
        for (size_t i = 0; i < rows.count; i++)
                if (!rows.was[i].stays)
                        txn_delete(txn, rows.was[i].table, key_slice(&rows.was[i].key));
}
