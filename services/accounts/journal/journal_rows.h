/* journal_rows.h: the rows of who signed in, or tried to. What is done with them: noted/noted.h.
 *
 *   table         key                           value
 *   sign_in_note  event number u64              accounts.SignInNoteRow
 *   sign_in_of    account id, event number u64  – */
#ifndef SERVICES_ACCOUNTS_JOURNAL_JOURNAL_ROWS_H
#define SERVICES_ACCOUNTS_JOURNAL_JOURNAL_ROWS_H

#include "accounts/journal.pb-c.h"
#include "common/store/tables.h"
#include "services/accounts/noted/noted.h"

#define JOURNAL_TABLES(TABLE)                                                                                          \
        TABLE(SIGN_IN_NOTE, "sign_in_note", TABLE_STATE)                                                               \
        TABLE(SIGN_IN_OF, "sign_in_of", TABLE_STATE)
JOURNAL_TABLES(TABLE_NUMBER)

extern const struct noted sign_ins_noted;

#endif
