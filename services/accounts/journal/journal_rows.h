/* journal_rows.h: the rows of who signed in, or tried to. Only journal_events.c calls the functions that write.
 *
 *   table         key                           value
 *   sign_in_note  event number u64              accounts.SignInNoteRow
 *   sign_in_of    account id, event number u64  – */
#ifndef SERVICES_ACCOUNTS_JOURNAL_JOURNAL_ROWS_H
#define SERVICES_ACCOUNTS_JOURNAL_JOURNAL_ROWS_H

#include "accounts/journal.pb-c.h"
#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

#define JOURNAL_TABLES(TABLE)                                                                                          \
        TABLE(SIGN_IN_NOTE, "sign_in_note", TABLE_STATE)                                                               \
        TABLE(SIGN_IN_OF, "sign_in_of", TABLE_STATE)
JOURNAL_TABLES(TABLE_NUMBER)

Accounts__SignInNoteRow *store_sign_in_note(struct txn *txn, uint64_t number, struct arena *arena); /* NULL: none */
void store_put_sign_in_note(struct txn *txn, uint64_t number, const Accounts__SignInNoteRow *row, struct arena *arena);
void store_drop_sign_in_notes(struct txn *txn, uint64_t up_to, struct arena *arena);
/* Newest first; of one account, or, where the id is zero, of all. */
void store_walk_sign_in_notes(struct txn *txn, struct id account, struct slice before, struct walk *ret);
/* The oldest `max` numbers; how many there are. */
size_t store_oldest_sign_in_notes(struct txn *txn, uint64_t *ret, size_t max);

#endif
