/* walk.h: the rows of a table, or of a part of one, in the order of their keys. What lists are made of, and all that
 * follows an index (index.h). Rows of the table must not be written meanwhile, nor the walk be copied.
 *     struct walk walk;
 *     walk_up(txn, T_SOMETHING, prefix, cursor, &walk);
 *     while (walk_next(&walk, &id)) …
 *     walk_end(&walk);
 *
 * `cursor`: where a page ended, as walk_cursor() gave it; empty: from the first. It comes from whoever asks: one that
 * is not of this walk finds nothing, and is_foreign says so (common/service/page.h refuses it). */
#ifndef COMMON_STORE_WALK_H
#define COMMON_STORE_WALK_H

#include "common/store/key.h"
#include "common/store/store.h"

enum walk_order { WALK_UP, WALK_DOWN };

/* What the cursor is: the whole key, or, of a key that is the prefix and one thing behind it, this thing. */
enum walk_cursor { CURSOR_KEY = 0, CURSOR_NUMBER = sizeof(uint64_t), CURSOR_ID = sizeof(struct id) };

struct walk_spec {
        size_t table;
        enum walk_order order;
        enum walk_cursor cursor;
};

struct walk {
        struct scan scan;
        struct walk_spec spec;
        struct key prefix; /* what the scan borrows */
        struct key from;
        struct key then;  /* the part behind this one; empty: none */
        bool id_in_value; /* and not in the key; set after the walk began */
        bool is_foreign;
};

void walk_begin(struct txn *txn, struct walk_spec spec, struct key prefix, struct slice cursor, struct walk *ret);
/* The same with a cursor that is the whole key: upwards, and the last first. */
void walk_up(struct txn *txn, size_t table, struct key prefix, struct slice after, struct walk *ret);
void walk_down(struct txn *txn, size_t table, struct key prefix, struct slice before, struct walk *ret);
/* To a walk that has just begun, upwards and with that cursor: another part of the table behind its own. A cursor is of
 * either. */
void walk_then(struct walk *walk, struct key then, struct slice after);
/* From a key on: this one (upwards), or the one below it. */
void walk_from(struct txn *txn, struct walk_spec spec, struct key prefix, struct key from, struct walk *ret);

bool walk_step(struct walk *walk);
bool walk_next(struct walk *walk, struct id *ret); /* a step, and walk_id() */
void walk_end(struct walk *walk);

/* Of the row that was walked to: what its key ends with, and the cursor of a page that ends with it. They live as long
 * as the transaction, and as nothing is written. */
struct id walk_id(const struct walk *walk);
uint64_t walk_number(const struct walk *walk);
struct slice walk_cursor(const struct walk *walk);
/* The row itself, in the arena. */
void *walk_message(const struct walk *walk, const ProtobufCMessageDescriptor *type, struct arena *arena);

#endif
