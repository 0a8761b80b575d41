/* user.h: the rules of accounts. Pure: no store, no clock. */
#ifndef SERVICES_GATEWAY_USER_H
#define SERVICES_GATEWAY_USER_H

#include "common/codec/refusal.h"
#include "gateway/commands.pb-c.h"

enum { USER_NAME_MIN = 3, USER_NAME_MAX = 64, TOKEN_HASH_SIZE = 32, USER_TERRITORIES_MAX = 110 };

/* What must hold of a new account by itself; whether its name is free is for the handler. */
bool user_check(const Gateway__CreateUser *command, struct refusal *ret);

#endif
