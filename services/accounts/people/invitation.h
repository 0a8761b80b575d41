/* invitation.h: somebody is invited by mail to set her first password, in the place of a token that is handed over. */
#ifndef SERVICES_ACCOUNTS_PEOPLE_INVITATION_H
#define SERVICES_ACCOUNTS_PEOPLE_INVITATION_H

#include "accounts/state.pb-c.h"
#include "common/service/work.h"

/* Whether mail may be sent to `email` ("": none is) for that account (NULL: a new one) as `by` says, or an operator: no
 * password yet, no address of her own. */
struct inviting {
        const Accounts__MembershipRow *by;
        const Accounts__AccountRow *account;
        const char *email;
};
bool invitation_check(struct work *work, const struct inviting *inviting, struct refusal *ret_refusal);
/* Whether an address of hers waits, or was confirmed, and she has no password: then a mail does what a token does. */
bool invitation_is_possible(struct work *work, struct id account);
/* Records the mail. */
void invitation_send(struct work *work, const Accounts__Membership *membership);

#endif
