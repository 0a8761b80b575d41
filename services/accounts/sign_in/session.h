/* session.h: sessions: keys of somebody who signed in. Each ends by itself, and gets another key whenever what it may
 * do changes, so that nobody rides on one that was known before. */
#ifndef SERVICES_ACCOUNTS_SIGN_IN_SESSION_H
#define SERVICES_ACCOUNTS_SIGN_IN_SESSION_H

#include "accounts/state.pb-c.h"
#include "common/service/work.h"

/* Of one account at a time; the oldest goes. */
enum { SESSIONS_MAX = 16, SESSION_RESETS_MS = 30 * 60 * 1000 };

/* Whether this role comes in with a password alone, or shows a second factor too. */
bool session_needs_factor(Types__Role role);
/* After how long without use its sessions end; 0: they may rest. */
uint32_t session_idle_s(const struct work *work, Types__Role role);

/* Security: whether it sets a password without the one before: a link of a mail opened it a moment ago. */
bool session_may_replace_password(const struct work *work, const Accounts__KeyRow *key);

struct session_wish {
        const Accounts__Membership *membership;
        const Accounts__KeyRow *replaces; /* it opens nothing any more; NULL: none */
        const Accounts__Browser *browser; /* NULL: that of the session before */
        bool must_enrol;                  /* it opens nothing but the setting up of a second factor */
        bool by_mail_link;                /* a link of a mail opens it */
        bool shown_elsewhere;             /* a provider has seen a second factor */
};
/* Records it. The reply says OPEN, and holds the key. */
Accounts__SessionReply *session_give(struct work *work, const struct session_wish *wish);

/* Records the end of all her sessions but `kept` (NULL: none); returns how many. */
uint32_t sessions_end(struct work *work, struct id account, const Types__Id *kept);

/* The same session under another key, in that membership: `before` is the key by which she came. */
Accounts__SessionReply *session_go_on(struct work *work, const Accounts__KeyRow *before,
                                      const Accounts__Membership *membership, bool must_enrol);

/* Password, second factor, sessions and identities of providers go, and what was secret of them: records SignInReset
 * where there was a password or a second factor. */
void sign_in_forget(struct work *work, struct id account);

#endif
