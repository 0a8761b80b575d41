/* index.h: rows that lead to a record: by its place, its buyer, its number… One function says which index rows a record
 * has; index_move() puts them, and takes away those of the record as it was. So no put forgets one.
 *     static void rows_of_thing(const void *record, struct index_rows *rows)
 *     {
 *             const Thing *thing = record;
 *             index_id(rows, T_THING_BY_BUYER, key_of_text(thing->buyer_siret), id_of(thing->thing_id));
 *             if (thing->number[0] != '\0')
 *                     index_row(rows, T_THING_BY_NUMBER, …, id_slice(&id));
 *     }
 *     index_move(txn, rows_of_thing, before, now);
 *
 * A record is what the function is given: a row, or a struct of all that its index rows are made of. It is called once
 * with what was and once with what is, and must say the same of the same. What lists the rows: walk.h. */
#ifndef COMMON_STORE_INDEX_H
#define COMMON_STORE_INDEX_H

#include "common/store/key.h"
#include "common/store/store.h"

/* `before` NULL: there was none; `now` NULL: it goes. */
struct index_rows;
void index_move(struct txn *txn, void (*rows_of)(const void *record, struct index_rows *rows), const void *before,
                const void *now);

/* A row; put where it is of the record as it is, whether it was there or not. */
void index_row(struct index_rows *rows, size_t table, struct key key, struct slice value);
/* The key and behind it the id, without a value. */
void index_id(struct index_rows *rows, size_t table, struct key key, struct id id);
/* Whether values are asked for, where one is costly to make: rows that go need none. */
bool index_wants_values(const struct index_rows *rows);

#endif
