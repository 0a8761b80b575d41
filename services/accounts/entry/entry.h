/* entry.h: who is let in with what she has shown, in which role, and what is kept when somebody is not. */
#ifndef SERVICES_ACCOUNTS_ENTRY_ENTRY_H
#define SERVICES_ACCOUNTS_ENTRY_ENTRY_H

#include "accounts/state.pb-c.h"
#include "common/service/work.h"
#include "services/accounts/journal/journal.h"
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

/* Security: whether any role that she has, or awaits, demands a second factor: then no link of a mail lets her in. */
bool entry_demands_factor(struct work *work, struct id account);

/* By what she tries to come in, from where, and what that counts for. */
struct attempt {
        Accounts__SignInWay way;          /* NONE: she is in, and shows something again */
        const Accounts__Browser *browser; /* never NULL */
        struct tried_by tried;
};
/* `browser` NULL: nothing is known of it. */
struct attempt attempt_of(struct work *work, const char *name, Accounts__SignInWay way,
                          const Accounts__Browser *browser);

/* Somebody came in: records the session, SignedIn and SignInNoted; tells her of a browser that is new, by mail.
 * `shown`: what a code proved; zero: none was asked for. */
Accounts__SessionReply *entry_open(struct work *work, const struct entry *entry, const struct attempt *attempt,
                                   const struct factor_shown *shown);

/* The code of her second factor, where she has one; NULL: it is good, and *ret says what it proves, or none is needed.
 * Else what is to be said: WAIT, CODE, WRONG. */
Accounts__SessionReply *entry_ask_code(struct work *work, const struct entry *entry, const struct attempt *attempt,
                                       const char *code, struct factor_shown *ret);

/* What is kept of a proof. */
ProtobufCBinaryData entry_hash_of_proof(struct work *work, struct slice proof);
/* Records PasswordSet; what was kept of the one before is forgotten. */
void entry_record_password(struct work *work, const struct entry *entry, const Accounts__Password *password);

/* WAIT, where there were too many failures; else NULL. */
Accounts__SessionReply *entry_wait(struct work *work, const struct tried_by *tried);
/* Records SignInFailed and SignInNoted, and says WRONG. The same whether the name is somebody's. */
Accounts__SessionReply *entry_fail(struct work *work, const struct entry *entry, const struct attempt *attempt);
Accounts__SessionReply *entry_say(struct work *work, Accounts__SignInOutcome outcome);

#endif
