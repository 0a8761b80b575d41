/* user.h: the rules of accounts and of how long their tokens live. Pure: no store, no clock. */
#ifndef SERVICES_GATEWAY_USER_H
#define SERVICES_GATEWAY_USER_H

#include "common/codec/refusal.h"
#include "gateway/commands.pb-c.h"

enum { USER_NAME_MIN = 3, USER_NAME_MAX = 64, TOKEN_HASH_SIZE = 32 };
enum { TOKEN_DAYS_DEFAULT = 180, TOKEN_DAYS_MAX = 366 };

/* What must hold of a new account by itself; whether its name is free is for the handler. */
bool user_check(const Gateway__CreateUser *command, struct refusal *ret);

/* When a token of `days` (0: `default_days`) that is given now ends. */
int64_t token_end_ms(uint32_t days, int64_t default_days, int64_t now_ms);

#endif
