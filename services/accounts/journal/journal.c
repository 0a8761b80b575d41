#include "services/accounts/journal/journal.h"

#include "accounts/events.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/journal/journal_rows.h"
#include "services/accounts/settings.h"

enum { FORGOTTEN_AT_ONCE = 8 }; /* more than come with one: they grow fewer */

static void forget_old(struct work *work)
{
        const int64_t kept_ms = accounts_settings_of(work->context)->sign_ins_kept_days * 24 * 60 * 60 * 1000;
        uint64_t numbers[FORGOTTEN_AT_ONCE];
        Accounts__SignInsForgotten event = ACCOUNTS__SIGN_INS_FORGOTTEN__INIT;
        size_t count = store_oldest_sign_in_notes(work->txn, numbers, FORGOTTEN_AT_ONCE);
        for (size_t i = 0; i < count; i++) {
                const Accounts__SignInNoteRow *row = store_sign_in_note(work->txn, numbers[i], work->arena);
                if (row != NULL && row->at->ms > work->now_ms - kept_ms)
                        break;
                event.up_to = numbers[i];
                work_forget_sealed(work, numbers[i]);
        }
        if (event.up_to != 0)
                work_record(work, &event.base);
}

void journal_note(struct work *work, const struct sign_in_note *wish)
{
        Accounts__SignInNoted event = ACCOUNTS__SIGN_IN_NOTED__INIT;
        Accounts__SignInNote note = ACCOUNTS__SIGN_IN_NOTE__INIT;
        forget_old(work);
        if (wish->account != NULL) {
                note.account_id = wish->account->account_id;
                note.name = wish->account->name;
        }
        note.outcome = wish->outcome;
        note.way = wish->way;
        note.new_browser = wish->new_browser;
        if (wish->browser != NULL) {
                note.browser = wish->browser->name;
                note.place = wish->browser->place;
        }
        work_record_sealed(work, &event.base, pb_encode(&note, work->arena));
}
