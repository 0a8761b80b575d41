#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "services/accounts/journal/journal_rows.h"

/* Of a name that nobody has, or forgotten since: no row. */
void apply_sign_in_noted(const struct change *change, const Accounts__SignInNoted *noted)
{
        Accounts__SignInNoteRow row = ACCOUNTS__SIGN_IN_NOTE_ROW__INIT;
        (void)noted;
        row.note = pb_decode(&accounts__sign_in_note__descriptor, change->event->sealed, change->arena);
        row.at = instant_to(change->arena, change->event->at_ms);
        if (row.note != NULL && row.note->account_id != NULL)
                store_put_sign_in_note(change->txn, change->event->number, &row, change->arena);
}

void apply_sign_ins_forgotten(const struct change *change, const Accounts__SignInsForgotten *forgotten)
{
        store_drop_sign_in_notes(change->txn, forgotten->up_to, change->arena);
}
