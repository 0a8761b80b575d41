#include "services/accounts/journal/journal_rows.h"

#include "common/codec/types.h"

static struct id account_of(const void *row)
{
        return id_of(((const Accounts__SignInNoteRow *)row)->note->account_id);
}

static int64_t at_ms_of(const void *row)
{
        return ((const Accounts__SignInNoteRow *)row)->at->ms;
}

const struct noted sign_ins_noted = {&T_SIGN_IN_NOTE, &T_SIGN_IN_OF, &accounts__sign_in_note_row__descriptor,
                                     account_of, at_ms_of};
