/* user.h: the rules of accounts, of memberships, and of how long their tokens live. Pure: no store, no clock. */
#ifndef SERVICES_ACCOUNTS_PEOPLE_USER_H
#define SERVICES_ACCOUNTS_PEOPLE_USER_H

#include "accounts/events.pb-c.h"
#include "common/codec/refusal.h"

/* A role that reads of persons (what tracking answers, names or not): it needs the consent of a second role. */
bool user_needs_consent(Types__Role role);

/* A coordinator consents to any membership, a facilitator to those of her own trade and of partners; of both, only
 * within their territories, and never to their own. */
bool user_may_consent(const Accounts__Membership *by, const Accounts__Membership *to);

/* What must hold of a new membership by itself. */
bool user_check(Types__Role role, const Types__Id *organisation, struct refusal *ret);

/* When a token of `days` (0: `default_days`) that is given now ends. */
int64_t token_end_ms(uint32_t days, int64_t default_days, int64_t now_ms);

#endif
