/* user.h: the rules of accounts and of how long their tokens live. Pure: no store, no clock. */
#ifndef SERVICES_GATEWAY_ACCOUNTS_USER_H
#define SERVICES_GATEWAY_ACCOUNTS_USER_H

#include "common/codec/refusal.h"
#include "gateway/commands.pb-c.h"
#include "gateway/state.pb-c.h"

enum { TOKEN_DAYS_DEFAULT = 180, TOKEN_DAYS_MAX = 366 };

/* A role that reads of persons (what tracking answers, names or not): its account needs the consent of a second role.
 */
bool user_needs_consent(Types__Role role);

/* A coordinator consents to any account, a facilitator to those of her own trade and of partners; of both, only within
 * their territories, and never to their own. */
bool user_may_consent(const Gateway__AccountRow *by, const Gateway__AccountRow *to);

/* What must hold of a new account by itself; whether its name is free is for the handler. */
bool user_check(const Gateway__CreateUser *command, struct refusal *ret);

/* When a token of `days` (0: `default_days`) that is given now ends. */
int64_t token_end_ms(uint32_t days, int64_t default_days, int64_t now_ms);

#endif
