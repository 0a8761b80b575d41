/* journal.h: that somebody signed in, or tried to. Called by whoever lets in, or does not. */
#ifndef SERVICES_ACCOUNTS_JOURNAL_JOURNAL_H
#define SERVICES_ACCOUNTS_JOURNAL_JOURNAL_H

#include "accounts/journal.pb-c.h"
#include "accounts/state.pb-c.h"
#include "common/service/work.h"

/* `account` NULL: the name is nobody's: the same is recorded, and says nothing. */
struct sign_in_note {
        const Accounts__AccountRow *account;
        Accounts__SignInOutcome outcome;
        Accounts__SignInWay way;
        const Accounts__Browser *browser;
        bool new_browser;
};
/* Records it, and the end of those that were kept long enough. */
void journal_note(struct work *work, const struct sign_in_note *note);

#endif
