/* entry.h: who is let in with what she has shown, in which role, and what is kept when somebody is not. */
#ifndef SERVICES_ACCOUNTS_ENTRY_ENTRY_H
#define SERVICES_ACCOUNTS_ENTRY_ENTRY_H

#include "accounts/state.pb-c.h"
#include "common/service/work.h"
#include "services/accounts/sign_in/factor.h"
#include "services/accounts/sign_in/tries.h"

/* One who comes, as far as she is known. */
struct entry {
        const Accounts__AccountRow *account;       /* NULL: the name is nobody's, or the account is closed */
        const Accounts__SignInRow *row;            /* never NULL */
        const Accounts__MembershipRow *membership; /* the oldest that stands; NULL: none */
        bool shown_elsewhere;                      /* a provider has seen a second factor of hers */
};
struct entry entry_find(struct work *work, const Accounts__AccountRow *account); /* NULL: nobody's */

/* Whether the proof is that of the password that stands. The same work whatever stands. */
bool entry_proves(const struct entry *entry, struct slice proof);

/* Security: whether the role that she would act in demands a second factor that she has not set up. */
bool entry_must_enrol(const struct entry *entry, Types__Role role);

/* Somebody came in: records the session and SignedIn. `shown`: what a code proved; zero: none was asked for. */
Accounts__SessionReply *entry_open(struct work *work, const struct entry *entry, const Accounts__Browser *browser,
                                   const struct tried_by *tried, const struct factor_shown *shown);

/* WAIT, where there were too many failures; else NULL. */
Accounts__SessionReply *entry_wait(struct work *work, const struct tried_by *tried);
/* Records SignInFailed, and says WRONG. */
Accounts__SessionReply *entry_fail(struct work *work, const struct tried_by *tried);
Accounts__SessionReply *entry_say(struct work *work, Accounts__SignInOutcome outcome);

#endif
