/* allowance.h: how many requests an account may make: so many a second, and so many at once when it has been quiet.
 * Pure; one table of fixed size, in which the account that asked least makes room. */
#ifndef SERVICES_GATEWAY_FRONT_ALLOWANCE_H
#define SERVICES_GATEWAY_FRONT_ALLOWANCE_H

#include "common/base/id.h"

struct allowance_rule {
        uint64_t per_s; /* 0: any number */
        uint64_t burst; /* at least 1 */
};

struct allowances;

struct allowances *allowances_new(const struct allowance_rule *rule);
void allowances_free(struct allowances *allowances); /* accepts NULL */
/* 0: the request is taken. Else the seconds after which one will be, at least 1. `now_ms` never goes back. */
uint64_t allowance_take(struct allowances *allowances, struct id account, uint64_t now_ms);

#endif
