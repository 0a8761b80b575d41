/* rows.h: what the rooms build their rows on. A room's own `<room>_rows.[ch]` names its tables and keys in these words;
 * no handler calls them. Reads live in the arena; puts are for apply() only (the runtime aborts on any other).
 *
 * Things that belong to a contract are found by the index `about`: contract id, u8 kind, id of the thing. */
#ifndef SERVICES_CONTRACTS_RECORD_ROWS_H
#define SERVICES_CONTRACTS_RECORD_ROWS_H

#include "common/service/work.h"
#include "common/store/key.h"
#include "common/store/walk.h"
#include "services/contracts/record/record_rows.h"

/* One message under an id. NULL: there is none (or the transaction has failed). */
void *contracts_row_find(struct txn *txn, size_t table, struct id id, const ProtobufCMessageDescriptor *type,
                         struct arena *arena);
void contracts_row_put(struct txn *txn, size_t table, struct id id, const void *message, struct arena *arena);

void contracts_row_remove(struct txn *txn, size_t table, struct id id);

/* One message under any key. */
void *contracts_row_find_key(struct txn *txn, size_t table, const struct key *key,
                             const ProtobufCMessageDescriptor *type, struct arena *arena);
void contracts_row_put_key(struct txn *txn, size_t table, const struct key *key, const void *message,
                           struct arena *arena);

/* An index row that never goes: `key` and behind it the id, without a value. Of what may change: index_move(). */
void contracts_row_index(struct txn *txn, size_t table, struct key key, struct id id);
void contracts_row_index_remove(struct txn *txn, size_t table, struct key key, struct id id); /* but by a withdrawal */

/* What a row of `about` is one of. Never renumbered. */
enum about {
        ABOUT_PROGRAMME_LINE = 2,
        ABOUT_QUESTION = 3,
        ABOUT_APPRAISAL = 4,
        ABOUT_REFERRAL = 5,
        ABOUT_CASE = 6, /* a case of control: the ladder of one obligation */
        ABOUT_TRANSFER = 8,
        ABOUT_ORDER = 9, /* a purchase order or an invoice of a framework contract */
        ABOUT_NEED = 10,
        ABOUT_DRAFT = 11,
        ABOUT_SUBCONTRACT = 12,
};
void contracts_about_put(struct txn *txn, struct id contract, enum about kind, struct id thing);
void contracts_about_remove(struct txn *txn, struct id contract, enum about kind, struct id thing);
void contracts_about_walk(struct txn *txn, struct id contract, enum about kind, struct walk *ret); /* oldest first */
void contracts_about_walk_backwards(struct txn *txn, struct id contract, enum about kind, struct slice before,
                                    struct walk *ret);

#endif
